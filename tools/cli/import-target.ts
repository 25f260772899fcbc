/** What makes environments of other files, loaded when a command needs it: with it comes the whole of YAML. */
export function importTarget(): typeof import("../../core/import") {
  return require("../../core/import");
}
