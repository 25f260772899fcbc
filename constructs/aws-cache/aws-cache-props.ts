import type { AwsKey } from "../aws-key";

/** How the gateway proves itself to the cache. */
export type AwsCacheSignIn = "iam" | "token";

/** Properties of {@link AwsCache}. */
export interface AwsCacheProps {
  /** Id of the replication group and of its user, at most 40 characters. */
  readonly name: string;
  /** Id of the VPC. */
  readonly vpcId: string;
  /** Private subnets, in two zones at least. */
  readonly subnetIds: readonly string[];
  /** Security groups that may connect. */
  readonly clients: readonly string[];
  /** Key of what is stored and logged. */
  readonly key: AwsKey;
  /** Such as `cache.t4g.small`. */
  readonly nodeType: string;
  /**
   * `iam`: a user that signs in with IAM tokens. `token`: ElastiCache's AUTH token, which is set outside Terraform, because
   * it has no write-only argument and would lie in the state.
   * @default "iam"
   */
  readonly signIn?: AwsCacheSignIn;
  /** Nodes in as many zones; the first one is written to. @default 2 */
  readonly nodes?: number;
  /** Valkey's version. @default "8.0" */
  readonly engineVersion?: string;
  /** Days that logs are kept. @default 400 */
  readonly logDays?: number;
  /** One node: while it is replaced, limits are not shared. @default false */
  readonly unsafeSingleNode?: boolean;
}

/** Where Valkey listens. */
export const CACHE_PORT = 6379;

/** What is set where {@link AwsCacheProps} says nothing. */
export const CACHE_DEFAULTS = {
  signIn: "iam",
  nodes: 2,
  engineVersion: "8.0",
  logDays: 400,
  unsafeSingleNode: false,
} as const satisfies Partial<AwsCacheProps>;

/** {@link AwsCacheProps} with nothing left out. */
export type AwsCacheSettings = Required<AwsCacheProps>;
