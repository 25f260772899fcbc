import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { ElasticacheParameterGroup } from "@cdktf/provider-aws/lib/elasticache-parameter-group";
import { ElasticacheReplicationGroup } from "@cdktf/provider-aws/lib/elasticache-replication-group";
import { ElasticacheSubnetGroup } from "@cdktf/provider-aws/lib/elasticache-subnet-group";
import { Construct } from "constructs";
import { AwsFirewall } from "../aws-firewall";
import { withDefaults } from "../with-defaults";
import { type AwsCacheProps, type AwsCacheSettings, CACHE_DEFAULTS, CACHE_PORT } from "./aws-cache-props";
import { CacheUser } from "./cache-user";

const BACKUP_WINDOW = "01:00-02:00";
const MAINTENANCE_WINDOW = "sun:04:30-sun:05:30";
/** Days that a daily backup is kept: counters and cached answers are worth no more. */
const BACKUP_DAYS = 1;

/**
 * A Valkey replication group on ElastiCache for what gateways share: limits, spend counters, cached answers.
 * Encrypted at rest and in transit, TLS only.
 */
export class AwsCache extends Construct {
  /** Host name of the node that is written to. */
  readonly host: string;
  /** ARN of the replication group. */
  readonly arn: string;
  /** The user that signs in with IAM tokens; absent where `signIn` is `token`. */
  readonly user?: CacheUser;

  constructor(scope: Construct, id: string, props: AwsCacheProps) {
    super(scope, id);

    const settings = withDefaults(CACHE_DEFAULTS, props);
    const { name, vpcId, subnetIds, clients } = settings;
    const subnets = new ElasticacheSubnetGroup(this, "subnets", {
      name,
      description: `${name} cache`,
      subnetIds: [...subnetIds],
    });
    subnets.overrideLogicalId(id);
    const firewall = new AwsFirewall(this, id, {
      name: `${name}-cache`,
      description: "Valkey",
      vpcId,
      clients,
      port: CACHE_PORT,
    });
    if (settings.signIn === "iam") this.user = new CacheUser(this, "user", { id, name });
    const group = this.replicationGroup(id, settings, subnets.name, firewall.securityGroupId);
    this.host = group.primaryEndpointAddress;
    this.arn = group.arn;
  }

  private replicationGroup(id: string, settings: AwsCacheSettings, subnetGroupName: string, securityGroupId: string) {
    const { name, key } = settings;
    const nodes = settings.unsafeSingleNode ? 1 : settings.nodes;
    const group = new ElasticacheReplicationGroup(this, "group", {
      replicationGroupId: name,
      description: `${name}: what gateways share`,
      engine: "valkey",
      engineVersion: settings.engineVersion,
      nodeType: settings.nodeType,
      port: CACHE_PORT,
      numCacheClusters: nodes,
      automaticFailoverEnabled: nodes > 1,
      multiAzEnabled: nodes > 1,
      subnetGroupName,
      securityGroupIds: [securityGroupId],
      parameterGroupName: this.parameterGroup(id, settings).name,
      atRestEncryptionEnabled: "true",
      kmsKeyId: key.arn,
      transitEncryptionEnabled: true,
      transitEncryptionMode: "required",
      ...(this.user && { userGroupIds: [this.user.groupId] }),
      autoMinorVersionUpgrade: "true",
      applyImmediately: false,
      snapshotRetentionLimit: BACKUP_DAYS,
      snapshotWindow: BACKUP_WINDOW,
      maintenanceWindow: MAINTENANCE_WINDOW,
      logDeliveryConfiguration: ["slow-log", "engine-log"].map((logType) => ({
        logType,
        logFormat: "json",
        destinationType: "cloudwatch-logs",
        destination: this.logGroup(id, logType, settings),
      })),
      // Set outside Terraform; without this, the next apply would take it away again.
      ...(settings.signIn === "token" && { lifecycle: { ignoreChanges: ["auth_token", "auth_token_update_strategy"] } }),
    });
    group.overrideLogicalId(id);
    return group;
  }

  private parameterGroup(id: string, { name, engineVersion }: AwsCacheSettings): ElasticacheParameterGroup {
    const family = `valkey${engineVersion.split(".")[0]}`;
    const group = new ElasticacheParameterGroup(this, "parameters", {
      name: `${name}-${family}`,
      family,
      description: `${name} cache`,
      // What has an end goes first, so that a full cache does not refuse to count.
      parameter: [{ name: "maxmemory-policy", value: "volatile-lru" }],
      lifecycle: { createBeforeDestroy: true },
    });
    group.overrideLogicalId(id);
    return group;
  }

  private logGroup(id: string, logType: string, { name, key, logDays }: AwsCacheSettings): string {
    const group = new CloudwatchLogGroup(this, logType, {
      name: `/aws/elasticache/${name}/${logType}`,
      retentionInDays: logDays,
      kmsKeyId: key.arn,
    });
    group.overrideLogicalId(`${id}_${logType.replace("-", "_")}`);
    return group.name;
  }
}
