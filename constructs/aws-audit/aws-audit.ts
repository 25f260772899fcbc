import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Construct } from "constructs";
import type { AwsKey } from "../aws-key";
import { AuditBucket } from "./audit-bucket";

/** Properties of {@link AwsAudit}. */
export interface AwsAuditProps {
  /** Beginning of names, such as `prod-litellm`. */
  readonly name: string;
  /** Key of the logs and of the bucket. */
  readonly key: AwsKey;
  /** Days that everything is kept. @default 400 */
  readonly keepDays?: number;
  /** Name of a bucket to make for what LiteLLM logs of each request. @default no bucket */
  readonly bucket?: string;
  /** Lets `terraform destroy` delete the bucket, once it is empty. @default false: Terraform refuses */
  readonly unsafeAllowDestroy?: boolean;
}

const KEEP_DAYS = 400;

/** Where a gateway's own log goes, and if wanted a bucket for LiteLLM's log of each request. */
export class AwsAudit extends Construct {
  /** Name of the log group for what the gateway's containers write. */
  readonly logGroup: string;
  /** Absent where no bucket was asked for. */
  readonly bucket?: AuditBucket;

  constructor(scope: Construct, id: string, props: AwsAuditProps) {
    super(scope, id);

    const { key, bucket, keepDays = KEEP_DAYS, unsafeAllowDestroy = false } = props;
    const group = new CloudwatchLogGroup(this, "log", {
      name: `/litellm/${props.name}/gateway`,
      retentionInDays: keepDays,
      kmsKeyId: key.arn,
    });
    group.overrideLogicalId(`${id}_gateway`);
    this.logGroup = group.name;
    if (bucket !== undefined) this.bucket = new AuditBucket(this, "bucket", { id, bucket, key, keepDays, unsafeAllowDestroy });
  }
}
