import type { AwsDatabaseSettings } from "./aws-database-props";

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

/** Parameters of every database: TLS only, and a log of who connects, what changes the schema and what is slow. */
export const PARAMETERS = [
  { name: "rds.force_ssl", value: "1" },
  { name: "log_connections", value: "1" },
  { name: "log_disconnections", value: "1" },
  { name: "log_statement", value: "ddl" },
  { name: "log_min_duration_statement", value: "1000" },
] as const;
