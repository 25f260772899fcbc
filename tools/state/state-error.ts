/** Why a bucket for state cannot be made or used, and what to do about it. Expected: shown without a stack trace. */
export class StateError extends Error {
  constructor(
    message: string,
    readonly repair: string,
  ) {
    super(message);
    this.name = "StateError";
  }
}
