import type { Desired } from "../keys";
import { besideFile, type MapNode, placeOfValue } from "../source";
import { toAwsSettings } from "./aws-environment";
import type { AwsSecretSource, Environment, LitellmSettings, SecretSource, StateSettings } from "./environment";
import { toIdentityProxy } from "./identity-proxy";
import { keysSettings } from "./keys";
import { DEFAULT_DATABASE_PORT, DEFAULT_LITELLM_PORT, DEFAULT_LITELLM_VERSION, type EnvironmentInput } from "./schema";

/**
 * The environment that a checked input describes, with defaults filled in. File names become relative to the working directory.
 *
 * @param wanted what the keys files want, where the environment names some
 */
export function toEnvironment(input: EnvironmentInput, root: MapNode, wanted?: Desired): Environment {
  const { name, aws, litellm, database } = input;
  const settings: LitellmSettings = {
    version: litellm.version ?? DEFAULT_LITELLM_VERSION,
    config: litellm.config,
    environment: litellm.environment ?? {},
  };
  const state = stateOf(input.state);
  if (input.target === "kubernetes" && aws) {
    const { replicas = { min: 1, max: 1 }, workers = 1 } = litellm;
    const gateways = { ...settings, replicas, workers };
    return { name, target: "kubernetes", litellm: gateways, secrets: secretsOnAws(input), aws: toAwsSettings(aws), state };
  }
  const identityProxy = toIdentityProxy(input);
  const keys = wanted && keysSettings(input, root, wanted);
  return {
    name,
    target: "local",
    litellm: { ...settings, port: litellm.port ?? DEFAULT_LITELLM_PORT },
    secrets: Object.fromEntries(Object.keys(input.secrets ?? {}).map((secret) => [secret, secretOf(secret, input, root)])),
    database: { port: database?.port ?? DEFAULT_DATABASE_PORT },
    ...(identityProxy && { identityProxy }),
    ...(keys && { keys }),
    state,
  };
}

function secretsOnAws({ secrets }: EnvironmentInput): Record<string, AwsSecretSource> {
  const places = Object.entries(secrets ?? {});
  return Object.fromEntries(
    places.flatMap(([name, { awsSecretsManager }]) => (awsSecretsManager === undefined ? [] : [[name, { awsSecretsManager }]])),
  );
}

function secretOf(name: string, input: EnvironmentInput, root: MapNode): SecretSource {
  const secret = input.secrets?.[name];
  if (secret?.env !== undefined) return { env: secret.env };
  const writtenIn = placeOfValue(root, ["secrets", name, "file"]).file;
  return { file: besideFile(writtenIn, secret?.file ?? "") };
}

function stateOf(state: EnvironmentInput["state"]): StateSettings {
  if (!state?.s3) return { kind: "local" };
  const { bucket, region, key, kmsKeyId, profile } = state.s3;
  return {
    kind: "s3",
    bucket,
    region,
    ...(key !== undefined && { key }),
    ...(kmsKeyId !== undefined && { kmsKeyId }),
    ...(profile !== undefined && { profile }),
  };
}
