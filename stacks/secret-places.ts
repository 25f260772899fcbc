import { type AwsEnvironment, CACHE_TOKEN } from "../core/config";

/** Where the gateway's secrets lie, by variable: those that the file declares, and the cache's token where it has one. */
export function secretPlaces({ name, secrets, aws }: AwsEnvironment): Record<string, string> {
  const token = aws.cache?.signIn === "token" ? { [CACHE_TOKEN]: `${name}/litellm/${CACHE_TOKEN}` } : {};
  const declared = Object.entries(secrets).map(([variable, { awsSecretsManager }]) => [variable, awsSecretsManager]);
  return { ...token, ...Object.fromEntries(declared) };
}
