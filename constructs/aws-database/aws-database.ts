import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { Construct } from "constructs";
import { AwsFirewall } from "../aws-firewall";
import { withDefaults } from "../with-defaults";
import { auroraCluster } from "./aurora-cluster";
import { type AwsDatabaseProps, DATABASE_DEFAULTS, DATABASE_PORT } from "./aws-database-props";
import { DatabaseMonitoring } from "./database-monitoring";
import type { MadeDatabase } from "./database-parts";
import { postgresInstance } from "./postgres-instance";

/**
 * PostgreSQL on RDS for a LiteLLM gateway: encrypted, private, TLS only, backed up and protected against deletion.
 *
 * No password passes through Terraform: RDS makes and rotates the master password, and the gateway signs in with IAM tokens.
 */
export class AwsDatabase extends Construct implements MadeDatabase {
  readonly host: string;
  readonly resourceId: string;
  readonly masterSecretArn: string;

  constructor(scope: Construct, id: string, props: AwsDatabaseProps) {
    super(scope, id);

    const settings = withDefaults(DATABASE_DEFAULTS, props);
    const { name, vpcId, subnetIds, clients } = settings;
    const subnets = new DbSubnetGroup(this, "subnets", { name, description: `${name} database`, subnetIds: [...subnetIds] });
    subnets.overrideLogicalId(id);
    const firewall = new AwsFirewall(this, id, {
      name: `${name}-database`,
      description: "PostgreSQL",
      vpcId,
      clients,
      port: DATABASE_PORT,
    });
    const monitoring = new DatabaseMonitoring(this, "monitoring", { id, settings });
    const make = settings.engine === "postgres" ? postgresInstance : auroraCluster;
    const made = make(this, id, {
      settings,
      subnetGroupName: subnets.name,
      securityGroupId: firewall.securityGroupId,
      monitoring,
    });
    this.host = made.host;
    this.resourceId = made.resourceId;
    this.masterSecretArn = made.masterSecretArn;
  }
}
