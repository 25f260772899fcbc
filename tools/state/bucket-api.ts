/** What is known of a bucket by its name: where it is, or why nobody here can say. */
export type BucketSight =
  | { readonly kind: "absent" }
  /** It exists, and whoever asks may not look at it. */
  | { readonly kind: "forbidden" }
  | { readonly kind: "present"; readonly region: string };

/** How new objects of a bucket are encrypted. */
export interface BucketEncryption {
  readonly algorithm: string;
  readonly kmsKeyId?: string;
}

/** The calls to S3 that making a bucket safe takes, for one bucket. What is not configured is undefined. */
export interface BucketApi {
  see(): Promise<BucketSight>;
  /** Whether the account that asks owns it. */
  isOurs(): Promise<boolean>;
  /** @returns false when somebody else owns the name */
  create(region: string): Promise<boolean>;
  isEmpty(): Promise<boolean>;
  tags(): Promise<Readonly<Record<string, string>>>;
  setTags(tags: Readonly<Record<string, string>>): Promise<void>;
  blocksPublicAccess(): Promise<boolean>;
  blockPublicAccess(): Promise<void>;
  /** Whether access lists are off, so that the account owns every object. */
  ownsObjects(): Promise<boolean>;
  ownObjects(): Promise<void>;
  encryption(): Promise<BucketEncryption | undefined>;
  setEncryption(encryption: BucketEncryption): Promise<void>;
  isVersioned(): Promise<boolean>;
  setVersioned(): Promise<void>;
  policy(): Promise<string | undefined>;
  setPolicy(policy: string): Promise<void>;
}
