import { compareReleases } from "../litellm";
import { type MapNode, nodeAt, toValue } from "../source";
import type { AwsSettings } from "./aws-environment";

/** The user of the database that LiteLLM signs in as; it is granted `rds_iam`, and so has no password. */
export const DATABASE_USER = "litellm";
/** The secret that holds ElastiCache's AUTH token, where `aws.cache.signIn` is `token`. */
export const CACHE_TOKEN = "REDIS_PASSWORD";
/** The first release known here that signs in to ElastiCache with IAM tokens (litellm/_redis.py; absent from 1.100.5). */
export const CACHE_IAM_SINCE = "1.104.9";

/** Values that only AWS knows once the resources are made. */
export interface AwsEndpoints {
  readonly databaseHost: string;
  readonly cacheHost?: string;
}

/**
 * The variables that an environment on AWS gives to LiteLLM, none of which is secret.
 *
 * With `IAM_TOKEN_DB_AUTH` LiteLLM makes `DATABASE_URL` of the parts and renews its token by itself
 * (litellm/proxy/db/db_url_settings.py, LiteLLM 1.108.10). The names `REDIS_*` are read wherever LiteLLM makes a client
 * (litellm/_redis.py): response cache, router, coordination.
 */
export function gatewayVariables(
  aws: AwsSettings,
  { databaseHost, cacheHost }: AwsEndpoints,
  name: string,
): Record<string, string> {
  return {
    AWS_REGION_NAME: aws.region,
    DATABASE_HOST: databaseHost,
    DATABASE_PORT: "5432",
    DATABASE_NAME: "litellm",
    DATABASE_USER,
    DATABASE_SSLMODE: "verify-full",
    IAM_TOKEN_DB_AUTH: "True",
    ...(aws.cache && cacheHost !== undefined && cacheVariables(aws, cacheHost, name)),
  };
}

function cacheVariables({ cache, region }: AwsSettings, host: string, name: string): Record<string, string> {
  const shared = { REDIS_HOST: host, REDIS_PORT: "6379", REDIS_SSL: "True" };
  if (cache?.signIn !== "iam") return shared;
  return {
    ...shared,
    REDIS_AWS_IAM_AUTH: "True",
    REDIS_AWS_IAM_USER_NAME: name,
    REDIS_AWS_IAM_CACHE_NAME: name,
    REDIS_AWS_IAM_REGION: region,
  };
}

/** Whether a LiteLLM release can sign in to ElastiCache with IAM tokens. */
export function canSignInToCache(version: string): boolean {
  return compareReleases(version, CACHE_IAM_SINCE) >= 0;
}

const ALWAYS = ["AWS_REGION_NAME", "DATABASE_HOST", "DATABASE_PORT", "DATABASE_NAME", "DATABASE_USER", "DATABASE_SSLMODE"];
const TOKEN_SIGN_IN = ["IAM_TOKEN_DB_AUTH", "DATABASE_URL"];
const CACHE = ["REDIS_HOST", "REDIS_PORT", "REDIS_SSL"];
const CACHE_IAM = ["REDIS_AWS_IAM_AUTH", "REDIS_AWS_IAM_USER_NAME", "REDIS_AWS_IAM_CACHE_NAME", "REDIS_AWS_IAM_REGION"];

/** Variables that an environment on AWS sets itself, so that a value written for one would do nothing. Read from the tree. */
export function fixedOnAws(root: MapNode): readonly string[] {
  const signIn = nodeAt(root, ["aws", "cache", "signIn"]);
  const hasCache = nodeAt(root, ["aws", "cache"]) !== undefined;
  const byToken = signIn !== undefined && toValue(signIn) === "token";
  return [...ALWAYS, ...TOKEN_SIGN_IN, ...(hasCache ? CACHE : []), ...(hasCache && !byToken ? CACHE_IAM : [])];
}

/** Variables that LiteLLM finds in an environment on AWS although nobody declares them. */
export function providedOnAws(root: MapNode): readonly string[] {
  const signIn = nodeAt(root, ["aws", "cache", "signIn"]);
  const byToken = signIn !== undefined && toValue(signIn) === "token";
  return ["LITELLM_MASTER_KEY", "LITELLM_SALT_KEY", ...fixedOnAws(root), ...(byToken ? [CACHE_TOKEN] : [])];
}
