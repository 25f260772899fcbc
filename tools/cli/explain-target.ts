/** What explains, loaded when a command needs it: it knows all that the rest of the core knows. */
export function explainTarget(): typeof import("../../core/explain") {
  return require("../../core/explain");
}
