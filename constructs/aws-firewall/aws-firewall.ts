import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";

/** Properties of {@link AwsFirewall}. */
export interface AwsFirewallProps {
  /** Beginning of the security group's name. */
  readonly name: string;
  /** What stands behind it, such as `PostgreSQL`. */
  readonly description: string;
  /** Id of the VPC. */
  readonly vpcId: string;
  /** The one TCP port that is open. */
  readonly port: number;
  /** Ids of the security groups that may connect. Nobody else may. */
  readonly clients: readonly string[];
}

/**
 * A security group with one rule for each client and no other: no address ranges, and nothing may be reached from behind it.
 */
export class AwsFirewall extends Construct {
  /** Id of the security group. */
  readonly securityGroupId: string;

  constructor(scope: Construct, id: string, props: AwsFirewallProps) {
    super(scope, id);

    const group = new SecurityGroup(this, "group", {
      // A prefix, because a replacement must stand before the former one can be let go.
      namePrefix: `${props.name}-`,
      description: props.description,
      vpcId: props.vpcId,
      lifecycle: { createBeforeDestroy: true },
    });
    group.overrideLogicalId(id);
    for (const client of props.clients) {
      const rule = new VpcSecurityGroupIngressRule(this, client, {
        securityGroupId: group.id,
        referencedSecurityGroupId: client,
        ipProtocol: "tcp",
        fromPort: props.port,
        toPort: props.port,
        description: `${props.description} from ${client}`,
      });
      rule.overrideLogicalId(`${id}_from_${client.replace(/\W/g, "_")}`);
    }
    this.securityGroupId = group.id;
  }
}
