import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { AwsContext, policyDocument } from "../aws-policy";
import type { AwsDatabaseSettings } from "./aws-database-props";

/** Logs that each engine can send to CloudWatch. `iam-db-auth-error` says why a sign-in with a token was refused. */
const LOG_TYPES = {
  postgres: ["postgresql", "upgrade", "iam-db-auth-error"],
  "aurora-postgresql": ["postgresql"],
} as const;

interface DatabaseMonitoringProps {
  /** Id of the database's construct; addresses follow from it. */
  readonly id: string;
  readonly settings: AwsDatabaseSettings;
}

/** The role that sends the operating system's figures, and log groups with an end date: RDS would make some that keep logs for ever. */
export class DatabaseMonitoring extends Construct {
  readonly roleArn: string;
  readonly logTypes: readonly string[];
  /** What must stand before the database does. */
  readonly before: readonly ITerraformDependable[];

  constructor(scope: Construct, constructId: string, { id, settings }: DatabaseMonitoringProps) {
    super(scope, constructId);
    const trust = policyDocument([
      { sid: "Rds", actions: ["sts:AssumeRole"], principals: { Service: ["monitoring.rds.amazonaws.com"] } },
    ]);
    const role = new IamRole(this, "role", { name: `${settings.name}-database-monitoring`, assumeRolePolicy: trust });
    role.overrideLogicalId(`${id}_monitoring`);
    const { partition } = new AwsContext(this, "context", `${id}_monitoring`);
    const permission = new IamRolePolicyAttachment(this, "permission", {
      role: role.name,
      policyArn: `arn:${partition}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole`,
    });
    permission.overrideLogicalId(`${id}_monitoring`);
    this.roleArn = role.arn;
    this.logTypes = LOG_TYPES[settings.engine];
    this.before = [permission, ...this.logTypes.map((type) => this.logGroup(type, id, settings))];
  }

  private logGroup(type: string, id: string, { name, engine, key, logDays }: AwsDatabaseSettings): CloudwatchLogGroup {
    const kind = engine === "postgres" ? "instance" : "cluster";
    const group = new CloudwatchLogGroup(this, type, {
      // RDS writes to this name and no other.
      name: `/aws/rds/${kind}/${name}/${type}`,
      retentionInDays: logDays,
      kmsKeyId: key.arn,
    });
    group.overrideLogicalId(`${id}_${type.replaceAll("-", "_")}`);
    return group;
  }
}
