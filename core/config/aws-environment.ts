import type { AwsInput } from "./aws-schema";

/** How much depends on the environment. */
export type EnvironmentClass = "dev" | "staging" | "production";

/** The PostgreSQL of an environment on AWS. */
export interface AwsDatabaseChoice {
  readonly engine: "postgres" | "aurora-postgresql";
  readonly majorVersion: string;
  readonly instanceClass: string;
  /** GiB. */
  readonly storageGb: number;
  /** GiB. */
  readonly maxStorageGb: number;
  readonly backupDays: number;
  readonly unsafeSingleZone: boolean;
  readonly unsafeWithoutFinalSnapshot: boolean;
}

/** The Valkey of an environment on AWS. */
export interface AwsCacheChoice {
  readonly nodeType: string;
  readonly nodes: number;
  readonly signIn: "iam" | "token";
  readonly unsafeSingleNode: boolean;
}

/** The workload that may use what is made here. */
export type AwsWorkload = { readonly namespace: string; readonly serviceAccount: string } & (
  | { readonly cluster: string }
  | { readonly oidcProvider: string }
);

/** The block `aws` with its defaults filled in. */
export interface AwsSettings {
  readonly region: string;
  readonly account?: string;
  readonly class: EnvironmentClass;
  readonly network: { readonly vpc: string; readonly subnets: readonly string[]; readonly clients: readonly string[] };
  readonly tags: Readonly<Record<string, string>>;
  readonly unsafeWithoutDeletionProtection: boolean;
  readonly database: AwsDatabaseChoice;
  /** Absent where there is none. */
  readonly cache?: AwsCacheChoice;
  readonly secrets: { readonly masterKeyGeneration: number; readonly recoveryDays: number };
  /** Absent where no role is made. */
  readonly access?: AwsWorkload;
  readonly audit: { readonly bucket?: string; readonly keepDays: number };
  /** ARNs and names of what exists already for the load balancer; nothing is made of them yet. */
  readonly loadBalancer?: { readonly certificate: string; readonly webAcl?: string; readonly accessLogBucket?: string };
}

/** What an environment is that does not say: the class with the most care. */
export const DEFAULT_CLASS: EnvironmentClass = "production";

/** What differs by class: size, and whether one zone is enough. No class makes data easier to delete. */
const DATABASE_BY_CLASS = {
  dev: { instanceClass: "db.t4g.micro", storageGb: 20, maxStorageGb: 100, backupDays: 1, unsafeSingleZone: true },
  staging: { instanceClass: "db.t4g.medium", storageGb: 20, maxStorageGb: 100, backupDays: 7, unsafeSingleZone: true },
  production: { instanceClass: "db.m7g.large", storageGb: 50, maxStorageGb: 500, backupDays: 14, unsafeSingleZone: false },
} as const;

/** Aurora's smallest instances that suit each class; it has no micro. */
const AURORA_CLASSES = { dev: "db.t4g.medium", staging: "db.t4g.medium", production: "db.r7g.large" } as const;

const CACHE_BY_CLASS = {
  dev: { nodeType: "cache.t4g.micro", unsafeSingleNode: true },
  staging: { nodeType: "cache.t4g.small", unsafeSingleNode: true },
  production: { nodeType: "cache.m7g.large", unsafeSingleNode: false },
} as const;

const DEFAULT_VERSION = "17";
const DEFAULT_NAME = "litellm";
const KEEP_DAYS = 400;
const RECOVERY_DAYS = 30;

/** The block `aws` with its defaults filled in. */
export function toAwsSettings(input: AwsInput): AwsSettings {
  const environmentClass = input.class ?? DEFAULT_CLASS;
  const { region, account, network, cache, access, loadBalancer } = input;
  return {
    region,
    ...(account !== undefined && { account }),
    class: environmentClass,
    network,
    tags: input.tags ?? {},
    unsafeWithoutDeletionProtection: input.unsafeWithoutDeletionProtection ?? false,
    database: databaseOf(environmentClass, input.database),
    ...(cache && { cache: { ...CACHE_BY_CLASS[environmentClass], nodes: 2, signIn: "iam", ...cache } }),
    secrets: { masterKeyGeneration: 1, recoveryDays: RECOVERY_DAYS, ...input.secrets },
    ...(access && { access: workloadOf(access) }),
    audit: { keepDays: KEEP_DAYS, ...input.audit },
    ...(loadBalancer && { loadBalancer }),
  };
}

/** The database with the defaults of its class. */
export function databaseOf(environmentClass: EnvironmentClass, input: AwsInput["database"] = {}): AwsDatabaseChoice {
  const engine = input.engine ?? "postgres";
  const defaults = DATABASE_BY_CLASS[environmentClass];
  const { version, ...rest } = input;
  return {
    ...defaults,
    // Room to grow, also above a size that the user chose.
    maxStorageGb: Math.max(defaults.maxStorageGb, 2 * (input.storageGb ?? 0)),
    ...(engine === "aurora-postgresql" && { instanceClass: AURORA_CLASSES[environmentClass] }),
    unsafeWithoutFinalSnapshot: false,
    ...rest,
    engine,
    majorVersion: version ?? DEFAULT_VERSION,
  };
}

function workloadOf(access: NonNullable<AwsInput["access"]>): AwsWorkload {
  const { cluster, oidcProvider, namespace = DEFAULT_NAME, serviceAccount = DEFAULT_NAME } = access;
  const workload = { namespace, serviceAccount };
  return cluster === undefined ? { ...workload, oidcProvider: oidcProvider ?? "" } : { ...workload, cluster };
}
