import type { BucketLocationConstraint, PublicAccessBlockConfiguration, S3Client } from "@aws-sdk/client-s3";
import type { BucketApi } from "./bucket-api";

/** S3 answers so where nothing was configured. */
const NOT_CONFIGURED = [
  "NoSuchBucketPolicy",
  "NoSuchPublicAccessBlockConfiguration",
  "NoSuchTagSet",
  "OwnershipControlsNotFoundError",
  "ServerSideEncryptionConfigurationNotFoundError",
];
const TAKEN = ["BucketAlreadyExists", "BucketAlreadyOwnedByYou", "OperationAborted"];
/** The one region that must not be named when a bucket is made. */
const UNNAMED_REGION = "us-east-1";
const ALL_BLOCKED: PublicAccessBlockConfiguration = {
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: true,
};

/** Which bucket, and whose credentials. */
export interface S3BucketOptions {
  readonly bucket: string;
  readonly region: string;
  /** Profile of the AWS configuration files. @default what the environment says */
  readonly profile?: string;
}

/** A bucket of S3. Credentials come from where the AWS command takes them. */
export function s3Bucket({ bucket: Bucket, region, profile }: S3BucketOptions): BucketApi {
  // Loaded here, because no other command needs it.
  const sdk: typeof import("@aws-sdk/client-s3") = require("@aws-sdk/client-s3");
  const client: S3Client = new sdk.S3Client({ region, ...(profile !== undefined && { profile }) });
  return {
    see: async () => {
      try {
        const { BucketRegion } = await client.send(new sdk.HeadBucketCommand({ Bucket }));
        return { kind: "present", region: BucketRegion ?? region };
      } catch (error) {
        return sightOf(error);
      }
    },
    isOurs: async () => {
      for await (const { Buckets = [] } of sdk.paginateListBuckets({ client }, {})) {
        if (Buckets.some(({ Name }) => Name === Bucket)) return true;
      }
      return false;
    },
    create: async (where) => {
      const LocationConstraint = where as BucketLocationConstraint;
      const placed = where === UNNAMED_REGION ? {} : { CreateBucketConfiguration: { LocationConstraint } };
      try {
        await client.send(new sdk.CreateBucketCommand({ Bucket, ...placed }));
        return true;
      } catch (error) {
        if (TAKEN.includes(nameOf(error))) return false;
        throw error;
      }
    },
    isEmpty: async () => {
      const { Versions = [], DeleteMarkers = [] } = await client.send(new sdk.ListObjectVersionsCommand({ Bucket, MaxKeys: 1 }));
      return Versions.length + DeleteMarkers.length === 0;
    },
    tags: async () => {
      const found = await configured(client.send(new sdk.GetBucketTaggingCommand({ Bucket })));
      return Object.fromEntries((found?.TagSet ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
    },
    setTags: async (tags) => {
      const TagSet = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
      await client.send(new sdk.PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
    },
    blocksPublicAccess: async () => {
      const found = await configured(client.send(new sdk.GetPublicAccessBlockCommand({ Bucket })));
      const switches = found?.PublicAccessBlockConfiguration ?? {};
      return Object.keys(ALL_BLOCKED).every((name) => switches[name as keyof PublicAccessBlockConfiguration] === true);
    },
    blockPublicAccess: async () => {
      await client.send(new sdk.PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: ALL_BLOCKED }));
    },
    ownsObjects: async () => {
      const found = await configured(client.send(new sdk.GetBucketOwnershipControlsCommand({ Bucket })));
      return (found?.OwnershipControls?.Rules ?? []).some(({ ObjectOwnership }) => ObjectOwnership === "BucketOwnerEnforced");
    },
    ownObjects: async () => {
      const OwnershipControls = { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" as const }] };
      await client.send(new sdk.PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls }));
    },
    encryption: async () => {
      const found = await configured(client.send(new sdk.GetBucketEncryptionCommand({ Bucket })));
      const rule = found?.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault;
      if (!rule?.SSEAlgorithm) return undefined;
      return { algorithm: rule.SSEAlgorithm, ...(rule.KMSMasterKeyID !== undefined && { kmsKeyId: rule.KMSMasterKeyID }) };
    },
    setEncryption: async ({ algorithm, kmsKeyId }) => {
      const byDefault = {
        SSEAlgorithm: algorithm as "AES256" | "aws:kms",
        ...(kmsKeyId !== undefined && { KMSMasterKeyID: kmsKeyId }),
      };
      // One call to KMS for many objects, in place of one for each.
      const rule = { ApplyServerSideEncryptionByDefault: byDefault, BucketKeyEnabled: kmsKeyId !== undefined };
      await client.send(new sdk.PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules: [rule] } }));
    },
    isVersioned: async () => (await client.send(new sdk.GetBucketVersioningCommand({ Bucket }))).Status === "Enabled",
    setVersioned: async () => {
      await client.send(new sdk.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
    },
    policy: async () => (await configured(client.send(new sdk.GetBucketPolicyCommand({ Bucket }))))?.Policy,
    setPolicy: async (Policy) => {
      await client.send(new sdk.PutBucketPolicyCommand({ Bucket, Policy }));
    },
  };
}

async function configured<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (NOT_CONFIGURED.includes(nameOf(error))) return undefined;
    throw error;
  }
}

/** HEAD has no body, so S3 says what it thinks by the status alone; where a bucket really is stands in a header. */
function sightOf(error: unknown): Awaited<ReturnType<BucketApi["see"]>> {
  const { $metadata, $response } = error as {
    $metadata?: { httpStatusCode?: number };
    $response?: { headers?: Record<string, string> };
  };
  const region = $response?.headers?.["x-amz-bucket-region"];
  switch ($metadata?.httpStatusCode) {
    case 404:
      return { kind: "absent" };
    case 403:
      return { kind: "forbidden" };
    case 301:
      return { kind: "present", region: region ?? "another region" };
    default:
      throw error;
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "";
}
