/** A command was called in a way that it does not understand: exit code 2, the message and what to do on stderr. */
export class UsageError extends Error {
  constructor(
    message: string,
    readonly repair?: string,
  ) {
    super(message);
    this.name = "UsageError";
  }
}
