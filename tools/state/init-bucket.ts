import type { BucketApi, BucketEncryption } from "./bucket-api";
import { StateError } from "./state-error";
import { partitionOf, withTlsOnly } from "./tls-policy";

/** By this tag a bucket is known to be made for state. */
const MARK = { "cdktf-litellm": "terraform-state" } as const;

/** The bucket that is wanted. */
export interface WantedBucket {
  readonly bucket: string;
  readonly region: string;
  /** Key that the state is encrypted with. @default one of S3's own */
  readonly kmsKeyId?: string;
}

/** One property of the bucket, and whether it had to be set. */
export interface InitStep {
  readonly what: string;
  readonly changed: boolean;
}

/**
 * Makes a bucket for Terraform's state, or makes one that it made before safe again: versioned, encrypted, without public
 * access, TLS only. What is right already is left alone, so it may run as often as one likes, and goes on where it stopped.
 *
 * @throws StateError when the bucket is somebody else's, in another region, or holds other things
 */
export async function initStateBucket(wanted: WantedBucket, api: BucketApi): Promise<InitStep[]> {
  const made = await claim(wanted, api);
  const steps = [{ what: "bucket made", changed: made }];
  // Access first: at no moment may the bucket be open.
  for (const property of propertiesOf(wanted, api)) steps.push(await settle(property));
  return steps;
}

interface Property {
  readonly what: string;
  isRight(): Promise<boolean>;
  set(): Promise<void>;
}

async function settle({ what, isRight, set }: Property): Promise<InitStep> {
  if (await isRight()) return { what, changed: false };
  await set();
  return { what, changed: true };
}

/** @returns whether the bucket had to be made */
async function claim({ bucket, region }: WantedBucket, api: BucketApi): Promise<boolean> {
  const sight = await api.see();
  if (sight.kind === "forbidden") throw foreign(bucket);
  if (sight.kind === "absent") {
    if (!(await api.create(region))) throw foreign(bucket);
    return true;
  }
  if (!(await api.isOurs())) throw foreign(bucket);
  if (sight.region !== region) {
    throw new StateError(`the bucket ${bucket} is in ${sight.region}, not in ${region}`, `write region: ${sight.region}`);
  }
  if (!isMarked(await api.tags()) && !(await api.isEmpty())) {
    throw new StateError(
      `the bucket ${bucket} holds other things, and nothing says that it is meant for state`,
      `name another bucket, or tag it ${Object.entries(MARK).flat().join("=")}`,
    );
  }
  return false;
}

function foreign(bucket: string): StateError {
  const problem = `the bucket ${bucket} exists and is not this account's, or you may not look at it`;
  return new StateError(problem, "choose another name: names of buckets are unique in all of AWS");
}

function isMarked(tags: Readonly<Record<string, string>>): boolean {
  return Object.entries(MARK).every(([key, value]) => tags[key] === value);
}

function propertiesOf({ bucket, region, kmsKeyId }: WantedBucket, api: BucketApi): Property[] {
  const encryption: BucketEncryption = kmsKeyId === undefined ? { algorithm: "AES256" } : { algorithm: "aws:kms", kmsKeyId };
  const policy = async () => withTlsOnly(await api.policy(), bucket, partitionOf(region));
  return [
    { what: "public access blocked", isRight: () => api.blocksPublicAccess(), set: () => api.blockPublicAccess() },
    {
      what: "marked as a bucket for state",
      isRight: async () => isMarked(await api.tags()),
      set: async () => api.setTags({ ...(await api.tags()), ...MARK }),
    },
    { what: "access lists off", isRight: () => api.ownsObjects(), set: () => api.ownObjects() },
    {
      what: kmsKeyId === undefined ? "encrypted" : `encrypted with ${kmsKeyId}`,
      isRight: async () => isEncrypted(await api.encryption(), encryption),
      set: () => api.setEncryption(encryption),
    },
    { what: "every version kept", isRight: () => api.isVersioned(), set: () => api.setVersioned() },
    {
      what: "TLS only",
      isRight: async () => (await api.policy()) === (await policy()),
      set: async () => api.setPolicy(await policy()),
    },
  ];
}

/** A key that somebody chose is not replaced by S3's own. */
function isEncrypted(present: BucketEncryption | undefined, wanted: BucketEncryption): boolean {
  if (!present) return false;
  return wanted.kmsKeyId === undefined || (present.algorithm === wanted.algorithm && present.kmsKeyId === wanted.kmsKeyId);
}
