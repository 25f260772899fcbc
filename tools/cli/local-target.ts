/**
 * The local target, loaded when a command needs it: with PostgreSQL's client and Prisma's schema reader it takes longer to
 * load than `check` takes to run.
 */
export function localTarget(): typeof import("../local") {
  return require("../local");
}

/** How it reads secrets, without the rest of it. */
export function secretsTarget(): typeof import("../local/read-secret") {
  return require("../local/read-secret");
}
