import type { Guardrail } from "./guardrail";
import { guardBucketForceDestroy } from "./rules/guard-bucket-force-destroy";
import { guardBucketPublic } from "./rules/guard-bucket-public";
import { guardBucketUnencrypted } from "./rules/guard-bucket-unencrypted";
import { guardBucketUnversioned } from "./rules/guard-bucket-unversioned";
import { guardBucketWithoutTls } from "./rules/guard-bucket-without-tls";
import { guardCacheSingleZone } from "./rules/guard-cache-single-zone";
import { guardCacheUnencrypted } from "./rules/guard-cache-unencrypted";
import { guardCacheWithoutSignIn } from "./rules/guard-cache-without-sign-in";
import { guardCacheWithoutTls } from "./rules/guard-cache-without-tls";
import { guardDatabasePublic } from "./rules/guard-database-public";
import { guardDatabaseShortBackups } from "./rules/guard-database-short-backups";
import { guardDatabaseSingleZone } from "./rules/guard-database-single-zone";
import { guardDatabaseUnencrypted } from "./rules/guard-database-unencrypted";
import { guardDatabaseWithoutDeletionProtection } from "./rules/guard-database-without-deletion-protection";
import { guardDatabaseWithoutFinalSnapshot } from "./rules/guard-database-without-final-snapshot";
import { guardDatabaseWithoutLogs } from "./rules/guard-database-without-logs";
import { guardDatabaseWithoutTls } from "./rules/guard-database-without-tls";
import { guardDestroyable } from "./rules/guard-destroyable";
import { guardIamOpenTrust } from "./rules/guard-iam-open-trust";
import { guardIamWildcard } from "./rules/guard-iam-wildcard";
import { guardKeyShortDeletionWindow } from "./rules/guard-key-short-deletion-window";
import { guardKeyWithoutRotation } from "./rules/guard-key-without-rotation";
import { guardListenerOldTls } from "./rules/guard-listener-old-tls";
import { guardListenerWithoutTls } from "./rules/guard-listener-without-tls";
import { guardLiteralSecret } from "./rules/guard-literal-secret";
import { guardLogsForEver } from "./rules/guard-logs-for-ever";
import { guardLogsUnencrypted } from "./rules/guard-logs-unencrypted";
import { guardOpenEgress } from "./rules/guard-open-egress";
import { guardOpenIngress } from "./rules/guard-open-ingress";
import { guardPolicyForEveryone } from "./rules/guard-policy-for-everyone";
import { guardProviderUnpinned } from "./rules/guard-provider-unpinned";
import { guardSecretInState } from "./rules/guard-secret-in-state";
import { guardSecretWithoutRecovery } from "./rules/guard-secret-without-recovery";
import { guardStateUnprotected } from "./rules/guard-state-unprotected";
import { guardTerraformVersion } from "./rules/guard-terraform-version";

/** Every guardrail, by id. A test pins the list, and holds it against the files. */
export const GUARDRAILS: readonly Guardrail[] = [
  guardBucketForceDestroy,
  guardBucketPublic,
  guardBucketUnencrypted,
  guardBucketUnversioned,
  guardBucketWithoutTls,
  guardCacheSingleZone,
  guardCacheUnencrypted,
  guardCacheWithoutSignIn,
  guardCacheWithoutTls,
  guardDatabasePublic,
  guardDatabaseShortBackups,
  guardDatabaseSingleZone,
  guardDatabaseUnencrypted,
  guardDatabaseWithoutDeletionProtection,
  guardDatabaseWithoutFinalSnapshot,
  guardDatabaseWithoutLogs,
  guardDatabaseWithoutTls,
  guardDestroyable,
  guardIamOpenTrust,
  guardIamWildcard,
  guardKeyShortDeletionWindow,
  guardKeyWithoutRotation,
  guardListenerOldTls,
  guardListenerWithoutTls,
  guardLiteralSecret,
  guardLogsForEver,
  guardLogsUnencrypted,
  guardOpenEgress,
  guardOpenIngress,
  guardPolicyForEveryone,
  guardProviderUnpinned,
  guardSecretInState,
  guardSecretWithoutRecovery,
  guardStateUnprotected,
  guardTerraformVersion,
];
