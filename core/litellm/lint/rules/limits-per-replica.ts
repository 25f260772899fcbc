import type { Finding } from "../../../findings";
import type { LintContext } from "../context";
import { hasAny, type LintRule } from "../lint-rule";

const LIMITS = ["rpm", "tpm", "max_parallel_requests", "max_budget"];

/** Limits that each gateway counts for itself. */
export const limitsPerReplica: LintRule = {
  id: "limits-per-replica",
  severity: "note",
  summary: "limits are counted by each gateway for itself",
  why: "Without Redis in router_settings each process counts requests, tokens and spend of its deployments alone, so that three gateways allow three times the limit (docs: proxy/prod; BerriAI/litellm issues 2730, 10555, 13202, 18518).",
  repair: "add redis_host, redis_port and redis_password to router_settings before there is a second gateway",
  check: (context) => {
    const { replicas } = context.surroundings;
    if (replicas === 1 || sharesThroughRedis(context)) return [];
    const limited = context.deployments.find(({ params }) => hasAny(params, LIMITS));
    if (!limited) return [];
    const name = LIMITS.find((limit) => limited.params?.entries.has(limit)) ?? "";
    const times = replicas === undefined ? "each process" : `each of ${replicas} gateways`;
    const finding = context.foundAtName(limitsPerReplica, [...limited.path, "litellm_params", name], {
      message: `without Redis ${times} counts this limit for itself`,
      repair: limitsPerReplica.repair,
    });
    return [replicas === undefined ? finding : asError(finding)];
  },
};

/** Where there are several gateways for certain, the limit does not hold. */
function asError(finding: Finding): Finding {
  return { ...finding, severity: "error" };
}

function sharesThroughRedis(context: LintContext): boolean {
  const router = ["redis_host", "redis_url"].some((name) => context.has(["router_settings", name]));
  const kwargs = context.has(["router_settings", "cache_kwargs"]);
  return (
    router || kwargs || context.has(["general_settings", "coordination_redis"]) || context.hasVariable("REDIS_HOST") === true
  );
}
