import type { AwsDatabaseChoice } from "./aws-environment";

/** Connections of LiteLLM's pool in each process, where general_settings does not say (litellm/proxy/proxy_cli.py, LiteLLM 1.108.10). */
export const DEFAULT_POOL = 10;
/** Connections for the migration before a rollout and for people. */
export const MIGRATION_AND_ADMIN = 5;
/** The part of max_connections from which it gets close. */
const NEAR = 0.75;

const GIB = 1024 ** 3;
/** RDS for PostgreSQL and Aurora PostgreSQL: `LEAST({DBInstanceClassMemory/9531392}, 5000)`. */
const BYTES_PER_CONNECTION = 9_531_392;
const MOST_CONNECTIONS = 5000;

/** Memory of burstable classes in GiB; one table for t3 and t4g. */
const BURSTABLE: Readonly<Record<string, number>> = { micro: 1, small: 2, medium: 4, large: 8, xlarge: 16, "2xlarge": 32 };
/** GiB of the size `large` by family letter; each doubling of the size doubles it. */
const LARGE_GIB: Readonly<Record<string, number>> = { m: 8, r: 16 };

/** Memory of an instance class in GiB as AWS lists it, or undefined where the class is not known here. */
export function memoryOf(instanceClass: string): number | undefined {
  const [, family = "", letter = "", size = ""] = /^db\.(([a-z])\d[a-z]*)\.(\w+)$/.exec(instanceClass) ?? [];
  if (/^t(3|4g)$/.test(family)) return BURSTABLE[size];
  const large = /^[mr][5-8](g|i|gd|d|id)?$/.test(family) ? LARGE_GIB[letter] : undefined;
  const times = size === "large" ? 1 : sizeInLarges(size);
  return large === undefined || times === undefined ? undefined : large * times;
}

function sizeInLarges(size: string): number | undefined {
  const count = /^(\d*)xlarge$/.exec(size)?.[1];
  return count === undefined ? undefined : 2 * Number(count || 1);
}

/** The most connections that RDS allows on an instance with so much memory. In practice it is less: its own processes take some. */
export function mostConnections(memoryGib: number): number {
  return Math.min(Math.floor((memoryGib * GIB) / BYTES_PER_CONNECTION), MOST_CONNECTIONS);
}

/** How many connections gateways open, and how many there may be. */
export interface ConnectionBudget {
  readonly replicas: number;
  readonly workers: number;
  readonly pool: number;
  readonly memoryGib: number;
  readonly needed: number;
  readonly allowed: number;
  readonly verdict: "fits" | "near" | "exceeds";
  /** The most replicas that fit with this pool; 0 where none does. */
  readonly replicasThatFit: number;
  /** The largest pool that fits with these replicas; 0 where none does. */
  readonly poolThatFits: number;
}

/** The arithmetic, or undefined where the instance class is not known here. */
export function connectionBudget(
  { instanceClass }: Pick<AwsDatabaseChoice, "instanceClass">,
  { replicas, workers, pool }: { readonly replicas: number; readonly workers: number; readonly pool: number },
): ConnectionBudget | undefined {
  const memoryGib = memoryOf(instanceClass);
  if (memoryGib === undefined) return undefined;
  const allowed = mostConnections(memoryGib);
  const needed = replicas * workers * pool + MIGRATION_AND_ADMIN;
  const rest = allowed - MIGRATION_AND_ADMIN;
  const verdict = needed > allowed ? "exceeds" : needed > allowed * NEAR ? "near" : "fits";
  const replicasThatFit = Math.floor(rest / (workers * pool));
  const poolThatFits = Math.floor(rest / (replicas * workers));
  return { replicas, workers, pool, memoryGib, needed, allowed, verdict, replicasThatFit, poolThatFits };
}
