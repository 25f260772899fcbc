/** Time as a run sees it; tests bring their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds that only ever go forward, for leases. */
  monotonic(): number;
  wait(milliseconds: number): Promise<void>;
  /** Calls again and again, without keeping the process alive, until the returned function is called. */
  every(milliseconds: number, call: () => void): () => void;
}

/** The clock of this machine. */
export const MACHINE_CLOCK: Clock = {
  now: Date.now,
  monotonic: () => performance.now(),
  wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  every: (milliseconds, call) => {
    const timer = setInterval(call, milliseconds).unref();
    return () => clearInterval(timer);
  },
};
