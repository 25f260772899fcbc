import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import { AwsContext, type PolicyStatement, policyDocument } from "../aws-policy";

/** Days between the deletion of a key and its end: the longest that AWS offers, because everything under it ends with it. */
const DELETION_WINDOW_DAYS = 30;

/** Properties of {@link AwsKey}. */
export interface AwsKeyProps {
  /** Name of the alias, without `alias/`. */
  readonly name: string;
  /** What is encrypted with it. */
  readonly description: string;
  /** Region of the log groups that may use it. @default no log group may */
  readonly logRegion?: string;
  /** Lets `terraform destroy` schedule the key's deletion. @default false: Terraform refuses */
  readonly unsafeAllowDestroy?: boolean;
}

/** A KMS key that rotates every year, with an alias. Only principals of its own account may use it, by their IAM policies. */
export class AwsKey extends Construct {
  /** ARN of the key. */
  readonly arn: string;
  /** The key itself, for grants and dependencies. */
  readonly key: KmsKey;

  constructor(scope: Construct, id: string, props: AwsKeyProps) {
    super(scope, id);

    this.key = new KmsKey(this, "key", {
      description: props.description,
      enableKeyRotation: true,
      deletionWindowInDays: DELETION_WINDOW_DAYS,
      policy: keyPolicy(new AwsContext(this, "context", id), props.logRegion),
      lifecycle: { preventDestroy: !props.unsafeAllowDestroy },
    });
    this.key.overrideLogicalId(id);
    new KmsAlias(this, "alias", { name: `alias/${props.name}`, targetKeyId: this.key.keyId }).overrideLogicalId(id);
    this.arn = this.key.arn;
  }
}

/** The account governs the key through IAM; CloudWatch Logs gets what it needs, for this account's log groups alone. */
function keyPolicy({ partition, accountId }: AwsContext, logRegion: string | undefined): string {
  const byAccount: PolicyStatement = {
    sid: "Account",
    actions: ["kms:*"],
    // In the policy of a key this means the key.
    resources: ["*"],
    principals: { AWS: [`arn:${partition}:iam::${accountId}:root`] },
  };
  if (logRegion === undefined) return policyDocument([byAccount]);
  const logGroups = `arn:${partition}:logs:${logRegion}:${accountId}:log-group:*`;
  const byLogs: PolicyStatement = {
    sid: "LogGroups",
    actions: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
    resources: ["*"],
    principals: { Service: [`logs.${logRegion}.amazonaws.com`] },
    conditions: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": [logGroups] } },
  };
  return policyDocument([byAccount, byLogs]);
}
