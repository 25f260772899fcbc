import { nearestName } from "../../findings";
import type { Path } from "../../source";
import type { KeysContext, KeysRule } from "./context";

/** A name of something that no keys file has. */
export const keysReferenceUndefined: KeysRule = {
  id: "keys-reference-undefined",
  severity: "error",
  summary: "a team, user or budget is named that no keys file has",
  why: "LiteLLM makes the key for a team that does not exist, without limits of any team, or refuses it in the middle of a run.",
  repair: "declare it, or correct the name",
  check: (context) =>
    references(context).flatMap(({ path, name, kind }) => {
      const known = context.all[kind] ?? {};
      if (Object.hasOwn(known, name)) return [];
      const near = nearestName(name, Object.keys(known));
      const repair = near ? `did you mean ${near}?` : `declare it under ${kind}`;
      return [context.found(keysReferenceUndefined, path, { message: `there is no such name under ${kind}`, got: name, repair })];
    }),
};

interface Reference {
  readonly path: Path;
  readonly name: string;
  readonly kind: "teams" | "users" | "budgets";
}

function references(context: KeysContext): Reference[] {
  const keys = context.keys.flatMap(({ path, key: { team_id, user_id, budget } }) => [
    ...reference(path, "team_id", team_id, "teams"),
    ...reference(path, "user_id", user_id, "users"),
    ...reference(path, "budget", budget, "budgets"),
  ]);
  const others = (["tags", "customers"] as const).flatMap((kind) =>
    context.entries(kind).flatMap(([name, { budget }]) => reference([kind, name], "budget", budget, "budgets")),
  );
  return [...keys, ...others];
}

function reference(path: Path, field: string, name: string | undefined, kind: Reference["kind"]): Reference[] {
  return name === undefined ? [] : [{ path: [...path, field], name, kind }];
}
