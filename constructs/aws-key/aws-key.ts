import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";

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

    const policy = new KeyPolicy(this, "policy", id, props.logRegion);
    this.key = new KmsKey(this, "key", {
      description: props.description,
      enableKeyRotation: true,
      deletionWindowInDays: DELETION_WINDOW_DAYS,
      policy: policy.json,
      lifecycle: { preventDestroy: !props.unsafeAllowDestroy },
    });
    this.key.overrideLogicalId(id);
    new KmsAlias(this, "alias", { name: `alias/${props.name}`, targetKeyId: this.key.keyId }).overrideLogicalId(id);
    this.arn = this.key.arn;
  }
}

/** The account governs the key through IAM; CloudWatch Logs gets what it needs, for this account's log groups alone. */
class KeyPolicy extends Construct {
  readonly json: string;

  constructor(scope: Construct, id: string, keyId: string, logRegion: string | undefined) {
    super(scope, id);
    const account = new DataAwsCallerIdentity(this, "account");
    account.overrideLogicalId(`${keyId}_account`);
    const partition = new DataAwsPartition(this, "partition");
    partition.overrideLogicalId(`${keyId}_partition`);
    const root = `arn:${partition.partition}:iam::${account.accountId}:root`;
    const byAccount = {
      sid: "Account",
      actions: ["kms:*"],
      resources: ["*"],
      principals: [{ type: "AWS", identifiers: [root] }],
    };
    const statements =
      logRegion === undefined ? [byAccount] : [byAccount, byLogs(logRegion, partition.partition, account.accountId)];
    const document = new DataAwsIamPolicyDocument(this, "document", { statement: statements });
    document.overrideLogicalId(`${keyId}_policy`);
    this.json = document.json;
  }
}

function byLogs(region: string, partition: string, accountId: string) {
  return {
    sid: "LogGroups",
    actions: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
    resources: ["*"],
    principals: [{ type: "Service", identifiers: [`logs.${region}.amazonaws.com`] }],
    condition: [
      {
        test: "ArnLike",
        variable: "kms:EncryptionContext:aws:logs:arn",
        values: [`arn:${partition}:logs:${region}:${accountId}:log-group:*`],
      },
    ],
  };
}
