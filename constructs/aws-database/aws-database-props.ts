import { DEFAULT_LOG_DAYS, type PrivateServiceProps } from "../aws-firewall";

/** Which of Amazon's PostgreSQL: one instance with a standby, or an Aurora cluster. */
export type AwsDatabaseEngine = "postgres" | "aurora-postgresql";

/** Properties of {@link AwsDatabase}. */
export interface AwsDatabaseProps extends PrivateServiceProps {
  /** Such as `db.m7g.large`. */
  readonly instanceClass: string;
  /** @default "postgres" */
  readonly engine?: AwsDatabaseEngine;
  /** PostgreSQL's major version; minor upgrades happen by themselves. @default "17" */
  readonly majorVersion?: string;
  /** GiB at first; ignored by Aurora. @default 50 */
  readonly storageGb?: number;
  /** GiB up to which the storage grows by itself; ignored by Aurora. @default 500 */
  readonly maxStorageGb?: number;
  /** Days that daily backups and the log for a point-in-time recovery are kept, 1 to 35. @default 14 */
  readonly backupDays?: number;
  /** Daily, UTC. @default "02:00-03:00" */
  readonly backupWindow?: string;
  /** Weekly, UTC. @default "sun:03:30-sun:04:30" */
  readonly maintenanceWindow?: string;
  /** One zone: its failure stops the database. @default false */
  readonly unsafeSingleZone?: boolean;
  /** Anyone who may call AWS can delete the database, and so can `terraform destroy`. @default false */
  readonly unsafeWithoutDeletionProtection?: boolean;
  /** Deleting the database deletes the data: no last snapshot is made. @default false */
  readonly unsafeWithoutFinalSnapshot?: boolean;
}

/** The name of the database that LiteLLM keeps its tables in. */
export const DATABASE_NAME = "litellm";
/** The role of people and of the first set-up; its password is made, kept and rotated by RDS. */
export const MASTER_USER = "litellm_admin";
/** Where PostgreSQL listens. */
export const DATABASE_PORT = 5432;

/** What is set where {@link AwsDatabaseProps} says nothing. */
export const DATABASE_DEFAULTS = {
  engine: "postgres",
  majorVersion: "17",
  storageGb: 50,
  maxStorageGb: 500,
  backupDays: 14,
  logDays: DEFAULT_LOG_DAYS,
  backupWindow: "02:00-03:00",
  maintenanceWindow: "sun:03:30-sun:04:30",
  unsafeSingleZone: false,
  unsafeWithoutDeletionProtection: false,
  unsafeWithoutFinalSnapshot: false,
} as const satisfies Partial<AwsDatabaseProps>;

/** {@link AwsDatabaseProps} with nothing left out. */
export type AwsDatabaseSettings = Required<AwsDatabaseProps>;
