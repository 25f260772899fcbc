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
  readonly unsafeWithoutDeletionProtection: boolean;
  readonly unsafeWithoutFinalSnapshot: boolean;
}

/** The block `aws` with its defaults filled in. */
export interface AwsSettings {
  readonly region: string;
  readonly account?: string;
  readonly class: EnvironmentClass;
  readonly network: { readonly vpc: string; readonly subnets: readonly string[]; readonly clients: readonly string[] };
  readonly tags: Readonly<Record<string, string>>;
  readonly database: AwsDatabaseChoice;
}

const DEFAULT_CLASS: EnvironmentClass = "production";

/** What differs by class. Nothing here makes data easier to lose: that takes a name that starts with `unsafe`. */
const DATABASE_BY_CLASS = {
  dev: { instanceClass: "db.t4g.micro", storageGb: 20, maxStorageGb: 100, backupDays: 1, unsafeSingleZone: true },
  staging: { instanceClass: "db.t4g.medium", storageGb: 20, maxStorageGb: 100, backupDays: 7, unsafeSingleZone: true },
  production: { instanceClass: "db.m7g.large", storageGb: 50, maxStorageGb: 500, backupDays: 14, unsafeSingleZone: false },
} as const;

/** Aurora's smallest instances that suit each class; it has no micro. */
const AURORA_CLASSES = { dev: "db.t4g.medium", staging: "db.t4g.medium", production: "db.r7g.large" } as const;

const DEFAULT_VERSION = "17";

/** The block `aws` with its defaults filled in. */
export function toAwsSettings(input: AwsInput): AwsSettings {
  const environmentClass = input.class ?? DEFAULT_CLASS;
  return {
    region: input.region,
    ...(input.account !== undefined && { account: input.account }),
    class: environmentClass,
    network: input.network,
    tags: input.tags ?? {},
    database: databaseOf(environmentClass, input.database),
  };
}

/** The database with the defaults of its class. */
export function databaseOf(environmentClass: EnvironmentClass, input: AwsInput["database"] = {}): AwsDatabaseChoice {
  const defaults = DATABASE_BY_CLASS[environmentClass];
  const engine = input.engine ?? "postgres";
  const { version, ...rest } = input;
  return {
    ...defaults,
    ...(engine === "aurora-postgresql" && { instanceClass: AURORA_CLASSES[environmentClass] }),
    unsafeWithoutDeletionProtection: false,
    unsafeWithoutFinalSnapshot: false,
    ...rest,
    engine,
    majorVersion: version ?? DEFAULT_VERSION,
  };
}
