import { type Finding, found, type Rule } from "../findings";
import { type MapNode, nodeAt, type Path, placeOfName, placeOfValue, showPath } from "../source";
import type { AwsSettings } from "./aws-environment";
import { AWS_RULES } from "./aws-rules";
import { type ConnectionBudget, connectionBudget, DEFAULT_POOL, MIGRATION_AND_ADMIN } from "./database-connections";
import type { EnvironmentInput } from "./schema";

const INSTANCE: Path = ["aws", "database", "instanceClass"];

/** Whether the pools of all gateways fit into the database. */
export function checkConnections(root: MapNode, { litellm }: EnvironmentInput, { database }: AwsSettings): Finding[] {
  const { replicas, workers = 1 } = litellm;
  const budget = connectionBudget(database, { replicas: replicas?.max ?? 1, workers, pool: poolOf(litellm.config) });
  const { instanceClass } = database;
  if (!budget) {
    const message = `the memory of ${instanceClass} is not known here, so its connections were not counted`;
    return [at(root, AWS_RULES.instanceUnknown, INSTANCE, message, AWS_RULES.instanceUnknown.repair)];
  }
  if (budget.verdict === "fits") return [];
  const path = replicas ? ["litellm", "replicas", "max"] : INSTANCE;
  const rule = budget.verdict === "exceeds" ? AWS_RULES.connections : AWS_RULES.connectionsNear;
  return [at(root, rule, path, sum(budget, instanceClass), budget.verdict === "exceeds" ? repair(budget) : rule.repair)];
}

function sum({ replicas, workers, pool, needed, allowed, memoryGib }: ConnectionBudget, instanceClass: string): string {
  const product = `${count(replicas, "replica")} × ${count(workers, "worker")} × ${count(pool, "connection")}`;
  return `${product} + ${MIGRATION_AND_ADMIN} for migration and admin = ${needed}, ${instanceClass} (${memoryGib} GiB) allows ${allowed}`;
}

function repair({ replicasThatFit, poolThatFits }: ConnectionBudget): string {
  const ways = [
    ...(replicasThatFit > 0 ? [`lower replicas.max to ${replicasThatFit}`] : []),
    ...(poolThatFits > 0 ? [`database_connection_pool_limit to ${poolThatFits}`] : []),
  ];
  return ways.length > 0 ? ways.join(", or ") : "choose a larger aws.database.instanceClass";
}

function count(number: number, name: string): string {
  return `${number} ${name}${number === 1 ? "" : "s"}`;
}

function poolOf(config: Readonly<Record<string, unknown>>): number {
  const { general_settings: general } = config;
  const limit =
    typeof general === "object" && general !== null && "database_connection_pool_limit" in general
      ? general.database_connection_pool_limit
      : undefined;
  return typeof limit === "number" && limit > 0 ? limit : DEFAULT_POOL;
}

function at(root: MapNode, rule: Rule, path: Path, message: string, mend: string): Finding {
  const place = nodeAt(root, path) ? placeOfName(root, path) : placeOfValue(root, path);
  return found(rule, { place, path: showPath(path), message, repair: mend });
}
