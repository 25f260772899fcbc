export { AwsCache } from "./aws-cache";
export { type AwsCacheProps, type AwsCacheSignIn, CACHE_DEFAULTS, CACHE_PORT } from "./aws-cache-props";
export { CACHE_ACCESS } from "./cache-user";
