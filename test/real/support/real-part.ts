import { spawnSync } from "node:child_process";

/** Something that a real test needs, or why it cannot be had here. */
export type Availability = { readonly available: true } | { readonly reason: string };

/**
 * Describes tests that need a real part. Without it they are skipped, and the one entry that remains says why: the runner
 * prints it, and never counts it as passed.
 */
export function describeReal(title: string, availability: Availability, tests: () => void): void {
  if ("available" in availability) describe(title, tests);
  else test.skip(`${title}: ${availability.reason}`, () => {});
}

/** Whether a program answers to `args` (such as `--version`) with exit code 0. */
export function program(name: string, args: readonly string[]): Availability {
  const { status } = spawnSync(name, args, { stdio: "ignore" });
  return status === 0 ? { available: true } : { reason: `${name} ${args.join(" ")} does not work here` };
}

/** The first of several needs that is not met, or that all are. */
export function all(...needs: readonly Availability[]): Availability {
  return needs.find((need) => !("available" in need)) ?? { available: true };
}
