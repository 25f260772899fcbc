import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";
import type { AwsKey } from "../aws-key";
import { policyDocument } from "../aws-policy";

/** Days that a replaced or deleted version is kept. */
const OLD_VERSION_DAYS = 30;
/** Days after which the parts of an upload that never ended are deleted. */
const UNFINISHED_UPLOAD_DAYS = 7;

interface AuditBucketProps {
  /** Id of the audit construct; addresses follow from it. */
  readonly id: string;
  readonly bucket: string;
  readonly key: AwsKey;
  readonly keepDays: number;
  readonly unsafeAllowDestroy: boolean;
}

/** A private bucket: encrypted with its own key, versioned, reached over TLS only, emptied of what is too old. */
export class AuditBucket extends Construct {
  readonly arn: string;
  readonly bucketName: string;

  constructor(scope: Construct, constructId: string, props: AuditBucketProps) {
    super(scope, constructId);
    const { id } = props;
    const bucket = new S3Bucket(this, "bucket", {
      bucket: props.bucket,
      lifecycle: { preventDestroy: !props.unsafeAllowDestroy },
    });
    bucket.overrideLogicalId(id);
    this.arn = bucket.arn;
    this.bucketName = props.bucket;
    this.protect(id, bucket, props.key);
    this.expire(id, bucket, props.keepDays);
    this.refusePlainHttp(id, bucket);
  }

  private protect(id: string, { id: bucket }: S3Bucket, key: AwsKey): void {
    const versions = new S3BucketVersioningA(this, "versions", { bucket, versioningConfiguration: { status: "Enabled" } });
    const encryption = new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      bucket,
      rule: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.arn },
          bucketKeyEnabled: true,
        },
      ],
    });
    const access = new S3BucketPublicAccessBlock(this, "access", {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    const owner = new S3BucketOwnershipControls(this, "owner", { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } });
    for (const resource of [versions, encryption, access, owner]) resource.overrideLogicalId(id);
  }

  private expire(id: string, { id: bucket }: S3Bucket, keepDays: number): void {
    const lifecycle = new S3BucketLifecycleConfiguration(this, "lifecycle", {
      bucket,
      rule: [
        {
          id: "expire",
          status: "Enabled",
          filter: [{ prefix: "" }],
          expiration: [{ days: keepDays }],
          noncurrentVersionExpiration: [{ noncurrentDays: OLD_VERSION_DAYS }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: UNFINISHED_UPLOAD_DAYS }],
        },
      ],
    });
    lifecycle.overrideLogicalId(id);
  }

  private refusePlainHttp(id: string, bucket: S3Bucket): void {
    const document = policyDocument([
      {
        sid: "TlsOnly",
        effect: "Deny",
        actions: ["s3:*"],
        resources: [bucket.arn, `${bucket.arn}/*`],
        principals: "*",
        conditions: { Bool: { "aws:SecureTransport": ["false"] } },
      },
    ]);
    const policy = new S3BucketPolicy(this, "policy", { bucket: bucket.id, policy: document });
    policy.overrideLogicalId(id);
  }
}
