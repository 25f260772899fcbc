import type { Path } from "../../source";
import type { KeysContext } from "./context";

/** Something with a budget of its own, and where it stands. */
export interface PlacedLimits {
  readonly path: Path;
  readonly limits: { readonly max_budget?: number | undefined; readonly budget_duration?: string | undefined };
}

/** Everything in a file that may have a budget. */
export function placesOf(context: KeysContext): PlacedLimits[] {
  const others = (["budgets", "teams", "users"] as const).flatMap((kind) =>
    context.entries(kind).map(([name, limits]) => ({ path: [kind, name], limits })),
  );
  return [...others, ...context.keys.map(({ key: limits, path }) => ({ path, limits }))];
}
