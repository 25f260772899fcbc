/** Terraform's plan as JSON, as far as it is read here. */
interface PlanJson {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly type: string;
    readonly change: { readonly actions: readonly string[]; readonly before: unknown; readonly after: unknown };
  }[];
}

/**
 * What a plan would change: `<type>.<attribute path>` for each attribute of a resource that stays, list positions left out,
 * and `<type> <actions>` for a resource that does not. Each once, sorted.
 */
export function plannedChanges(plan: string): string[] {
  const { resource_changes: changes = [] } = JSON.parse(plan) as PlanJson;
  const all = changes.flatMap(({ type, change: { actions, before, after } }) => {
    const kind = actions.join();
    if (kind === "no-op" || kind === "read") return [];
    return kind === "update" ? differing(before, after, type) : [`${type} ${kind}`];
  });
  return [...new Set(all)].sort();
}

function differing(before: unknown, after: unknown, path: string): string[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (!isMapping(before) || !isMapping(after)) return [path];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) => differing(before[key], after[key], `${path}.${key}`));
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
