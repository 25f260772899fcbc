import { DEFAULT_LOG_DAYS, type PrivateServiceProps } from "../aws-firewall";

/** How the gateway proves itself to the cache. */
export type AwsCacheSignIn = "iam" | "token";

/** Properties of {@link AwsCache}. */
export interface AwsCacheProps extends PrivateServiceProps {
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
  logDays: DEFAULT_LOG_DAYS,
  unsafeSingleNode: false,
} as const satisfies Partial<AwsCacheProps>;

/** {@link AwsCacheProps} with nothing left out. */
export type AwsCacheSettings = Required<AwsCacheProps>;
