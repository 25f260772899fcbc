import { DbInstance } from "@cdktf/provider-aws/lib/db-instance";
import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import type { Construct } from "constructs";
import { DATABASE_NAME, DATABASE_PORT, MASTER_USER } from "./aws-database-props";
import type { DatabaseParts, MadeDatabase } from "./database-parts";
import { PARAMETERS, privateInstance, protectedStorage } from "./protection";

/** One instance, with a standby in another zone unless that was refused. */
export function postgresInstance(scope: Construct, id: string, parts: DatabaseParts): MadeDatabase {
  const { settings, monitoring } = parts;
  const { preferredBackupWindow, ...storage } = protectedStorage(settings);
  const parameters = parameterGroup(scope, id, settings.name, settings.majorVersion);
  const instance = new DbInstance(scope, "instance", {
    ...storage,
    ...privateInstance(settings, monitoring),
    identifier: settings.name,
    engine: "postgres",
    engineVersion: settings.majorVersion,
    allocatedStorage: settings.storageGb,
    maxAllocatedStorage: settings.maxStorageGb,
    storageType: "gp3",
    dbName: DATABASE_NAME,
    username: MASTER_USER,
    port: DATABASE_PORT,
    multiAz: !settings.unsafeSingleZone,
    dbSubnetGroupName: parts.subnetGroupName,
    vpcSecurityGroupIds: [parts.securityGroupId],
    parameterGroupName: parameters.name,
    backupWindow: preferredBackupWindow,
    maintenanceWindow: settings.maintenanceWindow,
    applyImmediately: false,
    enabledCloudwatchLogsExports: [...monitoring.logTypes],
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
