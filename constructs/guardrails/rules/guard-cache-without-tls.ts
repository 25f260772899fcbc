import type { Guardrail } from "../guardrail";
import { isSet, isTrue } from "../values";

export const guardCacheWithoutTls: Guardrail = {
  id: "guard-cache-without-tls",
  severity: "error",
  summary: "a cache accepts connections without TLS",
  why: "Keys, budgets and cached answers cross the network in clear, and so does the token that signs in.",
  repair: 'set transit_encryption_enabled = true and transit_encryption_mode = "required"',
  check: (stack) => {
    const groups = stack.resources("aws_elasticache_replication_group");
    const plain = groups.filter(({ attributes }) => !isTrue(attributes.transit_encryption_enabled));
    const preferred = groups.filter(
      (group) =>
        !plain.includes(group) &&
        isSet(group.attributes.transit_encryption_mode) &&
        group.attributes.transit_encryption_mode !== "required",
    );
    const message = "connections without TLS are accepted";
    return [
      ...plain.map((resource) => ({ resource, attribute: "transit_encryption_enabled", message })),
      ...preferred.map((resource) => ({ resource, attribute: "transit_encryption_mode", message })),
    ];
  },
};
