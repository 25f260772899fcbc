import { ROLES } from "../roles";
import type { KeysRule } from "./context";

/** A key whose spend counts for no team. */
export const keyWithoutTeam: KeysRule = {
  id: "key-without-team",
  severity: "error",
  summary: "a key that asks models has no team",
  why: "Its spend is in no team's report, and no team's budget and model list hold it back.",
  repair: "write team_id: with a name under teams",
  check: (context) =>
    context.keys
      .filter(({ key }) => key.team_id === undefined && !(key.role && ROLES[key.role].withoutModels))
      .map(({ name, path }) =>
        context.foundAtName(keyWithoutTeam, path, { message: `${name} belongs to no team`, repair: keyWithoutTeam.repair }),
      ),
};
