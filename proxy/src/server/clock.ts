/** Where time and ids come from, so that tests can say what they are. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds that never go back. */
  ticks(): number;
  /** A new request id. */
  id(): string;
}
