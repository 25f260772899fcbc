import type { Guardrail } from "../guardrail";
import { isSet } from "../values";

export const guardCacheWithoutSignIn: Guardrail = {
  id: "guard-cache-without-sign-in",
  severity: "error",
  summary: "a cache asks nobody who they are",
  why: "Whatever reaches its port may read cached answers and set counters: a budget is what the cache says it is.",
  repair:
    "set user_group_ids to a user group that signs in by IAM; where a token is set outside Terraform, waive it with that reason",
  check: (stack) =>
    stack
      .resources("aws_elasticache_replication_group")
      .filter(({ attributes }) => !isSet(attributes.user_group_ids) && !isSet(attributes.auth_token))
      .map((resource) => ({ resource, attribute: "user_group_ids", message: "whoever reaches the port is let in" })),
};
