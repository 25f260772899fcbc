import { counted, type Finding } from "../findings";
import type { MapNode, Path } from "../source";
import type { AwsSettings } from "./aws-environment";
import { AWS_RULES } from "./aws-rules";
import { type ConnectionBudget, connectionBudget, DEFAULT_POOL, MIGRATION_AND_ADMIN } from "./database-connections";
import { foundAt } from "./found-at";
import type { EnvironmentInput } from "./schema";

const INSTANCE: Path = ["aws", "database", "instanceClass"];

/** Whether the pools of all gateways fit into the database. */
export function checkConnections(root: MapNode, { litellm }: EnvironmentInput, { database }: AwsSettings): Finding[] {
  const { replicas, workers = 1 } = litellm;
  const budget = connectionBudget(database, { replicas: replicas?.max ?? 1, workers, pool: poolOf(litellm.config) });
  const { instanceClass } = database;
  if (!budget) {
    const message = `the memory of ${instanceClass} is not known here, so its connections were not counted`;
    return [foundAt(root, AWS_RULES.instanceUnknown, INSTANCE, message)];
  }
  if (budget.verdict === "fits") return [];
  const path = replicas ? ["litellm", "replicas", "max"] : INSTANCE;
  const message = sum(budget, instanceClass);
  if (budget.verdict === "near") return [foundAt(root, AWS_RULES.connectionsNear, path, message)];
  return [foundAt(root, AWS_RULES.connections, path, message, { repair: repair(budget) })];
}

function sum({ replicas, workers, pool, needed, allowed, memoryGib }: ConnectionBudget, instanceClass: string): string {
  const product = `${counted(replicas, "replica")} × ${counted(workers, "worker")} × ${counted(pool, "connection")}`;
  return `${product} + ${MIGRATION_AND_ADMIN} for migration and admin = ${needed}, ${instanceClass} (${memoryGib} GiB) allows ${allowed}`;
}

function repair({ replicasThatFit, poolThatFits }: ConnectionBudget): string {
  const ways = [
    ...(replicasThatFit > 0 ? [`lower replicas.max to ${replicasThatFit}`] : []),
    ...(poolThatFits > 0 ? [`database_connection_pool_limit to ${poolThatFits}`] : []),
  ];
  return ways.length > 0 ? ways.join(", or ") : "choose a larger aws.database.instanceClass";
}

function poolOf(config: Readonly<Record<string, unknown>>): number {
  const { general_settings: general } = config;
  const limit =
    typeof general === "object" && general !== null && "database_connection_pool_limit" in general
      ? general.database_connection_pool_limit
      : undefined;
  return typeof limit === "number" && limit > 0 ? limit : DEFAULT_POOL;
}
