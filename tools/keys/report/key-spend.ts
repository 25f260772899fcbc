import type { Json } from "../../../core/keys";
import type { ActivityDay } from "./activity";
import { shortTokenId } from "./key-lines";
import { byText } from "./key-report";
import type { KeySpendLine } from "./spend-report";
import { add, noUsage, rowIn, shownUsage, type Usage, usageIn } from "./usage";

interface Found {
  readonly usage: Usage;
  readonly tokenIds: Set<string>;
  team: Json | undefined;
  user: Json | undefined;
}

/**
 * What each key spent, the dearest first. Generations of a key as code count under its name; any other key counts by its
 * token id, so that two keys that had the same alias one after the other stay two.
 */
export function keySpend(days: readonly ActivityDay[], names: ReadonlySet<string>): KeySpendLine[] {
  const found = new Map<string, Found & { readonly name: string }>();
  for (const { breakdown } of days)
    for (const [id, entry] of Object.entries(rowIn(rowIn(breakdown).api_keys))) {
      const { metrics, metadata } = rowIn(entry);
      const { key_alias: alias, team_id: team, user_id: user } = rowIn(metadata);
      const ours = logicalName(alias, names);
      const known = found.get(ours ?? `id ${id}`);
      const line = known ?? { name: ours ?? nameOf(alias, id), usage: noUsage(), tokenIds: new Set(), team, user };
      add(line.usage, usageIn(metrics));
      line.tokenIds.add(shortTokenId(id));
      found.set(ours ?? `id ${id}`, { ...line, team: line.team ?? team, user: line.user ?? user });
    }
  return [...found.values()]
    .sort((a, b) => (a.usage.nano === b.usage.nano ? byText(a.name, b.name) : a.usage.nano > b.usage.nano ? -1 : 1))
    .map(({ name, usage, tokenIds, team, user }) => ({
      name,
      tokenIds: [...tokenIds].sort(),
      ...(typeof team === "string" && { team }),
      ...(typeof user === "string" && { user }),
      ...shownUsage(usage),
    }));
}

/** `ci-eval` for the alias `ci-eval.g3`, when there is a key as code of that name. */
function logicalName(alias: Json | undefined, names: ReadonlySet<string>): string | undefined {
  const name = typeof alias === "string" ? /^(.+)\.g\d+$/.exec(alias)?.[1] : undefined;
  return name !== undefined && names.has(name) ? name : undefined;
}

function nameOf(alias: Json | undefined, id: string): string {
  return typeof alias === "string" && alias !== "" ? alias : `token id ${shortTokenId(id)}`;
}
