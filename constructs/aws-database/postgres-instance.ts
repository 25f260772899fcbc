import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import type { Construct } from "constructs";
import { DATABASE_NAME, DATABASE_PORT, MASTER_USER } from "./aws-database-props";
import type { DatabaseParts, MadeDatabase } from "./database-parts";
import { PARAMETERS, protectedStorage } from "./protection";

/** Certificate authority of the server's certificate; valid until 2061. */
const CERTIFICATE_AUTHORITY = "rds-ca-rsa2048-g1";
/** Seconds between two figures of the operating system. */
const MONITORING_SECONDS = 30;
/** The longest that Performance Insights keeps figures in months of 31 days, of which the first seven days are free. */
const INSIGHTS_DAYS = 31;

/** One instance, with a standby in another zone unless that was refused. */
export function postgresInstance(scope: Construct, id: string, parts: DatabaseParts): MadeDatabase {
  const { settings, monitoring } = parts;
  const { preferredBackupWindow, ...storage } = protectedStorage(settings);
  const parameters = parameterGroup(scope, id, settings.name, settings.majorVersion);
  const instance = new DbInstance(scope, "instance", {
    ...storage,
    identifier: settings.name,
    engine: "postgres",
    engineVersion: settings.majorVersion,
    instanceClass: settings.instanceClass,
    allocatedStorage: settings.storageGb,
    maxAllocatedStorage: settings.maxStorageGb,
    storageType: "gp3",
    dbName: DATABASE_NAME,
    username: MASTER_USER,
    port: DATABASE_PORT,
    multiAz: !settings.unsafeSingleZone,
    publiclyAccessible: false,
    dbSubnetGroupName: parts.subnetGroupName,
    vpcSecurityGroupIds: [parts.securityGroupId],
    parameterGroupName: parameters.name,
    caCertIdentifier: CERTIFICATE_AUTHORITY,
    backupWindow: preferredBackupWindow,
    maintenanceWindow: settings.maintenanceWindow,
    autoMinorVersionUpgrade: true,
    applyImmediately: false,
    enabledCloudwatchLogsExports: [...monitoring.logTypes],
    performanceInsightsEnabled: true,
    performanceInsightsKmsKeyId: settings.key.arn,
    performanceInsightsRetentionPeriod: INSIGHTS_DAYS,
    monitoringInterval: MONITORING_SECONDS,
    monitoringRoleArn: monitoring.roleArn,
    dependsOn: [...monitoring.before],
  });
  instance.overrideLogicalId(id);
  return {
    host: instance.address,
    resourceId: instance.resourceId,
    masterSecretArn: instance.masterUserSecret.get(0).secretArn,
  };
}

function parameterGroup(scope: Construct, id: string, name: string, majorVersion: string): DbParameterGroup {
  const group = new DbParameterGroup(scope, "parameters", {
    name: `${name}-postgres${majorVersion}`,
    family: `postgres${majorVersion}`,
    description: `${name} database`,
    parameter: PARAMETERS.map((parameter) => ({ ...parameter, applyMethod: "immediate" })),
    // Another major version is another family, and the former group is in use until the upgrade is done.
    lifecycle: { createBeforeDestroy: true },
  });
  group.overrideLogicalId(id);
  return group;
}
