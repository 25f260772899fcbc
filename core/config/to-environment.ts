import { besideFile, type MapNode, placeOfValue } from "../source";
import type { Environment, SecretSource, StateSettings } from "./environment";
import { DEFAULT_DATABASE_PORT, DEFAULT_LITELLM_PORT, DEFAULT_LITELLM_VERSION, type EnvironmentInput } from "./schema";

/** The environment that a checked input describes, with defaults filled in. File names become relative to the working directory. */
export function toEnvironment(input: EnvironmentInput, root: MapNode): Environment {
  const { litellm, database } = input;
  return {
    name: input.name,
    target: "local",
    litellm: {
      version: litellm.version ?? DEFAULT_LITELLM_VERSION,
      config: litellm.config,
      port: litellm.port ?? DEFAULT_LITELLM_PORT,
      environment: litellm.environment ?? {},
    },
    secrets: Object.fromEntries(Object.keys(input.secrets ?? {}).map((name) => [name, secretOf(name, input, root)])),
    database: { port: database?.port ?? DEFAULT_DATABASE_PORT },
    state: stateOf(input.state),
  };
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
