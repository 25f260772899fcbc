import { randomBytes } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { LocalGateway, LocalSecret } from "./gateway";
import { LocalError } from "./local-error";
import type { KnownSecrets } from "./redact";
import { readIfThere, writeAtomically } from "./supervisor/atomic-file";
import { readSecretFile, SecretError, usable } from "./supervisor/secret-source";
import type { SecretSource } from "./supervisor/wanted";

/**
 * The values of the secrets that the environment declares.
 * @param environment of the caller
 * @throws LocalError that names all that cannot be had
 */
export function declaredSecrets(declared: LocalGateway["secrets"], environment: NodeJS.ProcessEnv): Record<string, string> {
  const problems: string[] = [];
  const values: Record<string, string> = {};
  for (const [name, source] of Object.entries(declared)) {
    try {
      values[name] = declaredValue(source, environment);
    } catch (error) {
      if (!(error instanceof SecretError)) throw error;
      problems.push(`${name}: ${error.message}`);
    }
  }
  if (problems.length === 0) return values;
  throw new LocalError(
    `${problems.length === 1 ? "a secret has" : `${problems.length} secrets have`} no usable value`,
    "set the variable or write the file, or take the name out of the environment's secrets",
    problems,
  );
}

/** Where the supervisor finds a declared secret when it starts a part. */
export function declaredSource(name: string, source: LocalSecret): SecretSource {
  return "file" in source ? source : { handed: name, from: source.env };
}

/** @throws SecretError when there is none */
function declaredValue(source: LocalSecret, environment: NodeJS.ProcessEnv): string {
  const place = "env" in source ? `the environment variable ${source.env}` : source.file;
  const value = "env" in source ? environment[source.env] : readSecretFile(source.file);
  if (value) return usable(value, place);
  throw new SecretError(`${place} is ${"env" in source ? "not set" : "empty"}`);
}

/**
 * A secret of this machine: made once, then the same for as long as the environment exists.
 * @param make a new value
 * @param irreplaceable what is lost with it; then it is not made anew
 * @throws LocalError when the file is gone and the value is irreplaceable
 */
export function keptSecret(folder: string, name: string, make: () => string, irreplaceable?: string): string {
  const path = join(folder, name);
  // A file that is there but cannot be read is an error, not a reason for a new value.
  const kept = readIfThere(path)?.replace(/\n$/, "");
  if (kept) return kept;
  if (irreplaceable !== undefined) {
    throw new LocalError(
      `${path} is missing, and ${irreplaceable}`,
      "put the file back, or start anew with cdktf-litellm local down --delete-data",
    );
  }
  const value = make();
  writeAtomically(path, `${value}\n`, { durable: true });
  return value;
}

/**
 * LiteLLM's own keys, as far as the environment does not declare them.
 * @param hasData there is a database, with values that LiteLLM encrypted
 * @throws LocalError when the salt key is gone and there is a database
 */
export function keptKeys(folder: string, declared: ReadonlySet<string>, hasData: boolean): Record<string, string> {
  const lost = hasData ? "what LiteLLM encrypted with it in the database cannot be read without it" : undefined;
  const keys: Record<string, string> = {};
  const keep = (name: string, irreplaceable?: string): void => {
    if (!declared.has(name)) keys[name] = keptSecret(folder, name, newLitellmKey, irreplaceable);
  };
  keep("LITELLM_MASTER_KEY");
  keep("LITELLM_SALT_KEY", lost);
  return keys;
}

/** A secret that follows from others, such as a URL with a password; written anew when it differs. Returns the file's path. */
export function derivedSecret(folder: string, name: string, value: string): string {
  const path = join(folder, name);
  if (readOrUndefined(path) !== value) writeAtomically(path, `${value}\n`);
  return path;
}

/** A key for LiteLLM: `sk-` and 43 random characters, 256 bits. */
export function newLitellmKey(): string {
  return `sk-${randomToken()}`;
}

/** 43 random characters that need no escaping in URLs and shells, 256 bits. */
export function randomToken(): string {
  return randomBytes(32).toString("base64url");
}

/** Every secret of this machine's environment that is in its folder, to keep them out of what we quote. */
export function keptSecrets(folder: string): KnownSecrets {
  if (!existsSync(folder)) return {};
  const names = readdirSync(folder).filter((name) => !name.endsWith(".next"));
  return Object.fromEntries(names.flatMap((name) => [[name, readOrUndefined(join(folder, name)) ?? ""]]));
}

function readOrUndefined(path: string): string | undefined {
  try {
    return readSecretFile(path);
  } catch {
    return undefined;
  }
}
