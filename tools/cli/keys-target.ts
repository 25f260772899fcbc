/** Keys as code, loaded when a command needs it. */
export function keysTarget(): typeof import("../keys") {
  return require("../keys");
}
