import { EksPodIdentityAssociation } from "@cdktf/provider-aws/lib/eks-pod-identity-association";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import { AwsContext, type PolicyStatement, policyDocument } from "../aws-policy";
import { type BedrockModelAccess, bedrockStatements } from "./bedrock-statements";
import { trustOf, type WorkloadIdentity } from "./workload-identity";

/** Seconds that credentials of the role live. */
const SESSION_SECONDS = 3600;

/** Properties of {@link AwsAccess}. */
export interface AwsAccessProps {
  /** Name of the role, at most 64 characters. */
  readonly name: string;
  /** What the role is for. */
  readonly description: string;
  /** Region that everything granted is in, models aside. */
  readonly region: string;
  /** The workload that may take on the role. */
  readonly identity: WorkloadIdentity;
}

/**
 * The role of one workload in a cluster: nothing until something is granted, and never more than what is named.
 */
export class AwsAccess extends Construct {
  /** ARN of the role. */
  readonly roleArn: string;
  private readonly context: AwsContext;
  private readonly granted: PolicyStatement[] = [];
  private readonly role: IamRole;

  constructor(
    scope: Construct,
    private readonly id: string,
    private readonly props: AwsAccessProps,
  ) {
    super(scope, id);
    this.context = new AwsContext(this, "context", id);
    this.role = new IamRole(this, "role", {
      name: props.name,
      description: props.description,
      assumeRolePolicy: trustOf(props.identity, this.context),
      maxSessionDuration: SESSION_SECONDS,
    });
    this.role.overrideLogicalId(id);
    this.roleArn = this.role.arn;
    if ("cluster" in props.identity) this.associate(props.identity);
  }

  /** Calls of these models and no others, through these inference profiles. */
  grantBedrock(models: readonly BedrockModelAccess[]): void {
    for (const statement of bedrockStatements(models, this.context)) this.grant(statement);
  }

  /** Reading of exactly these secrets, and their decryption through Secrets Manager alone. */
  grantSecrets(arns: readonly string[], keyArn: string): void {
    if (arns.length === 0) return;
    this.grant({ sid: "ReadSecrets", actions: ["secretsmanager:GetSecretValue"], resources: [...arns] });
    this.grant({
      sid: "DecryptSecrets",
      actions: ["kms:Decrypt"],
      resources: [keyArn],
      conditions: { StringEquals: { "kms:ViaService": [`secretsmanager.${this.props.region}.amazonaws.com`] } },
    });
  }

  /** Sign-in to a database as one of its users, with IAM tokens. */
  grantDatabase(resourceId: string, user: string): void {
    const { partition, accountId } = this.context;
    const resource = `arn:${partition}:rds-db:${this.props.region}:${accountId}:dbuser:${resourceId}/${user}`;
    this.grant({ sid: "DatabaseSignIn", actions: ["rds-db:connect"], resources: [resource] });
  }

  /** Sign-in to a cache as its user, with IAM tokens. */
  grantCache(cacheArn: string, userArn: string): void {
    this.grant({ sid: "CacheSignIn", actions: ["elasticache:Connect"], resources: [cacheArn, userArn] });
  }

  /** Writing of new objects into a bucket; neither reading nor deleting them. */
  grantPut(bucketArn: string, keyArn: string): void {
    this.grant({ sid: "WriteLogs", actions: ["s3:PutObject"], resources: [`${bucketArn}/*`] });
    this.grant({ sid: "EncryptLogs", actions: ["kms:GenerateDataKey"], resources: [keyArn] });
  }

  /** Taking on other roles, which deployments with `aws_role_name` do. */
  grantRoles(arns: readonly string[]): void {
    if (arns.length > 0) this.grant({ sid: "TakeOnRoles", actions: ["sts:AssumeRole"], resources: [...arns] });
  }

  /** Tells EKS which service account has the role. */
  private associate({ cluster, namespace, serviceAccount }: Extract<WorkloadIdentity, { cluster: string }>): void {
    const association = new EksPodIdentityAssociation(this, "association", {
      clusterName: cluster,
      namespace,
      serviceAccount,
      roleArn: this.role.arn,
    });
    association.overrideLogicalId(this.id);
  }

  private grant(statement: PolicyStatement): void {
    this.granted.push(statement);
    if (this.granted.length > 1) return;
    const policy = new IamRolePolicy(this, "permissions", {
      name: this.id,
      role: this.role.id,
      policy: Lazy.stringValue({ produce: () => policyDocument(this.granted) }),
    });
    policy.overrideLogicalId(this.id);
  }
}
