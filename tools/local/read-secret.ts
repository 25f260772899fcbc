import { join } from "node:path";
import type { LocalGateway } from "./gateway";
import { LocalError } from "./local-error";
import { declaredSecrets } from "./secrets";
import { readSecretFile, SecretError } from "./supervisor/secret-source";
import { environmentFolders } from "./workplace";

/** Which secret of which environment. */
export interface ReadSecretOptions {
  readonly project: string;
  /** Name of the environment. */
  readonly name: string;
  /** Name of the secret, such as `LITELLM_MASTER_KEY`. */
  readonly secret: string;
  readonly declared: LocalGateway["secrets"];
  /** Of the caller. */
  readonly environment: NodeJS.ProcessEnv;
}

/**
 * The value of a secret: where the environment declares it, or the one that this machine made for it.
 * @throws LocalError when there is none; the message has no value
 */
export function readSecret({ project, name, secret, declared, environment }: ReadSecretOptions): string {
  const source = declared[secret];
  if (source) return declaredSecrets({ [secret]: source }, environment)[secret] ?? "";
  try {
    return readSecretFile(join(environmentFolders(project, name).secrets, secret));
  } catch (error) {
    if (!(error instanceof SecretError)) throw error;
    throw new LocalError(
      `${secret} is not known here`,
      `bring the gateway up first, or declare it: secrets: { ${secret}: { env: ${secret} } }`,
    );
  }
}
