import { setFlagsFromString } from "node:v8";

/** A function has to run for four times as long as usual before it is optimised; the name of that changed. */
const LATER: Readonly<Record<string, string>> = {
  "20": "--interrupt-budget=270000",
  "22": "--invocation-count-for-turbofan=12000",
};
/** An optimised function takes in a ninth of the functions that it calls (bytes of bytecode; usually 920). */
const SMALLER = "--max-inlined-bytecode-size-cumulative=100";

/**
 * Tells V8 that this process ends within seconds (docs/decisions/0018). Nothing happens in versions of Node that this was not
 * measured with: they would say on stderr that they do not know the flag.
 */
export function compileLess(node = process.versions.node): void {
  const later = LATER[node.split(".")[0] ?? ""];
  if (later === undefined) return;
  setFlagsFromString(later);
  setFlagsFromString(SMALLER);
}
