import type { Kind } from "../../../core/keys";
import type { Body } from "./action";

/** Something that has to be in the gateway before another thing is made. */
export interface Need {
  readonly kind: Kind;
  readonly id: string;
}

const FIELDS = { team_id: "team", user_id: "user", budget_id: "budget" } as const;

/**
 * What a new key, tag or customer names. LiteLLM makes a key for a team that does not exist, which then has no limits of any
 * (1.108.10).
 */
export function needsOf(body: Body): Need[] {
  return Object.entries(FIELDS).flatMap(([field, kind]) => {
    const id = body[field];
    return typeof id === "string" ? [{ kind, id }] : [];
  });
}
