/** Something on this machine keeps the local target from running: what it is, and the way out. Exit code 1. */
export class LocalError extends Error {
  /**
   * @param message what is wrong, lower case, no final period, no secret
   * @param repair what to do about it
   * @param details further lines, such as the end of a log, already free of secrets
   */
  constructor(
    message: string,
    readonly repair: string,
    readonly details: readonly string[] = [],
  ) {
    super(message);
    this.name = "LocalError";
  }
}
