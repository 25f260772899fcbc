/** Prisma's reader of schemas, loaded when one is read: it is WebAssembly, for which every command of the local target would wait. */
export function schemaReader(): typeof import("@prisma/prisma-schema-wasm") {
  return require("@prisma/prisma-schema-wasm");
}
