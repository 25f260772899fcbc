import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import { RdsClusterInstance } from "@cdktf/provider-aws/lib/rds-cluster-instance";
import { RdsClusterParameterGroup } from "@cdktf/provider-aws/lib/rds-cluster-parameter-group";
import type { Construct } from "constructs";
import { DATABASE_NAME, DATABASE_PORT, MASTER_USER } from "./aws-database-props";
import type { DatabaseParts, MadeDatabase } from "./database-parts";
import { PARAMETERS, privateInstance, protectedStorage } from "./protection";

/** An Aurora cluster of two instances in two zones, or of one where a single zone was accepted. */
export function auroraCluster(scope: Construct, id: string, parts: DatabaseParts): MadeDatabase {
  const { settings } = parts;
  const cluster = new RdsCluster(scope, "cluster", {
    ...protectedStorage(settings),
    clusterIdentifier: settings.name,
    engine: "aurora-postgresql",
    engineVersion: settings.majorVersion,
    databaseName: DATABASE_NAME,
    masterUsername: MASTER_USER,
    port: DATABASE_PORT,
    dbSubnetGroupName: parts.subnetGroupName,
    vpcSecurityGroupIds: [parts.securityGroupId],
    dbClusterParameterGroupName: parameterGroup(scope, id, settings.name, settings.majorVersion).name,
    preferredMaintenanceWindow: settings.maintenanceWindow,
    applyImmediately: false,
    enabledCloudwatchLogsExports: [...parts.monitoring.logTypes],
    dependsOn: [...parts.monitoring.before],
  });
  cluster.overrideLogicalId(id);
  const names = settings.unsafeSingleZone ? ["1"] : ["1", "2"];
  for (const name of names) clusterInstance(scope, `${id}_${name}`, `${settings.name}-${name}`, cluster, parts);
  return {
    host: cluster.endpoint,
    resourceId: cluster.clusterResourceId,
    masterSecretArn: cluster.masterUserSecret.get(0).secretArn,
  };
}

function clusterInstance(scope: Construct, id: string, name: string, cluster: RdsCluster, parts: DatabaseParts): void {
  const { settings, monitoring } = parts;
  const instance = new RdsClusterInstance(scope, name, {
    ...privateInstance(settings, monitoring),
    identifier: name,
    clusterIdentifier: cluster.id,
    engine: "aurora-postgresql",
    preferredMaintenanceWindow: settings.maintenanceWindow,
    copyTagsToSnapshot: true,
  });
  instance.overrideLogicalId(id);
}

function parameterGroup(scope: Construct, id: string, name: string, majorVersion: string): RdsClusterParameterGroup {
  const group = new RdsClusterParameterGroup(scope, "parameters", {
    name: `${name}-aurora-postgresql${majorVersion}`,
    family: `aurora-postgresql${majorVersion}`,
    description: `${name} database`,
    parameter: PARAMETERS.map((parameter) => ({ ...parameter, applyMethod: "immediate" })),
    lifecycle: { createBeforeDestroy: true },
  });
  group.overrideLogicalId(id);
  return group;
}
