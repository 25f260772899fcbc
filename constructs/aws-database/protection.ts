import type { AwsDatabaseSettings } from "./aws-database-props";
import type { DatabaseMonitoring } from "./database-monitoring";

/** Certificate authority of the server's certificate; valid until 2061. */
const CERTIFICATE_AUTHORITY = "rds-ca-rsa2048-g1";
/** Seconds between two figures of the operating system. */
const MONITORING_SECONDS = 30;
/** Days that Performance Insights keeps figures: one month, in its counting. */
const INSIGHTS_DAYS = 31;

/** What instances and clusters share: encryption, backups, sign-in, and what keeps them from being lost. */
export function protectedStorage(settings: AwsDatabaseSettings) {
  const { name, key, backupDays, backupWindow } = settings;
  return {
    storageEncrypted: true,
    kmsKeyId: key.arn,
    manageMasterUserPassword: true,
    masterUserSecretKmsKeyId: key.arn,
    iamDatabaseAuthenticationEnabled: true,
    backupRetentionPeriod: backupDays,
    preferredBackupWindow: backupWindow,
    copyTagsToSnapshot: true,
    deleteAutomatedBackups: false,
    deletionProtection: !settings.unsafeWithoutDeletionProtection,
    skipFinalSnapshot: settings.unsafeWithoutFinalSnapshot,
    finalSnapshotIdentifier: `${name}-final`,
    lifecycle: { preventDestroy: !settings.unsafeWithoutDeletionProtection },
  };
}

/** What every instance has, alone or in a cluster: no public address, minor upgrades by themselves, and figures to look at. */
export function privateInstance({ instanceClass, key }: AwsDatabaseSettings, { roleArn }: DatabaseMonitoring) {
  return {
    instanceClass,
    publiclyAccessible: false,
    caCertIdentifier: CERTIFICATE_AUTHORITY,
    autoMinorVersionUpgrade: true,
    performanceInsightsEnabled: true,
    performanceInsightsKmsKeyId: key.arn,
    performanceInsightsRetentionPeriod: INSIGHTS_DAYS,
    monitoringInterval: MONITORING_SECONDS,
    monitoringRoleArn: roleArn,
  };
}

/** Parameters of every database: TLS only, and a log of who connects, what changes the schema and what is slow. */
export const PARAMETERS = [
  { name: "rds.force_ssl", value: "1" },
  { name: "log_connections", value: "1" },
  { name: "log_disconnections", value: "1" },
  { name: "log_statement", value: "ddl" },
  { name: "log_min_duration_statement", value: "1000" },
] as const;
