import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import { errorCode } from "./atomic-file";
import { HANDED_PREFIX, type SecretSource } from "./wanted";

/** Why a secret cannot be used; its message never holds the value. */
export class SecretError extends Error {}

/** No secret is longer, in bytes: what is was named by mistake. */
const LONGEST = 1024 * 1024;

/**
 * The value of a file's only line: its content without one newline at the end.
 * @throws SecretError when it is no regular file, cannot be read, is longer than 1 MiB or holds a NUL byte
 */
export function readSecretFile(path: string): string {
  try {
    return usable(readRegularFile(path).replace(/\r?\n$/, ""), path);
  } catch (error) {
    throw error instanceof SecretError ? error : new SecretError(`cannot read ${path} (${errorCode(error) ?? "unknown error"})`);
  }
}

/** The value itself. @throws SecretError when no environment variable can hold it */
export function usable(value: string, place: string): string {
  if (value.includes("\0")) throw new SecretError(`${place} holds a NUL byte, which no environment variable can`);
  return value;
}

/** A pipe would block until somebody writes into it, and a device may never end. */
function readRegularFile(path: string): string {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const state = fstatSync(file);
    if (!state.isFile()) throw new SecretError(`${path} is no regular file`);
    if (state.size > LONGEST) throw new SecretError(`${path} is longer than 1 MiB`);
    return readFileSync(file, "utf8");
  } finally {
    closeSync(file);
  }
}

/**
 * The value of a secret, as the supervisor has it.
 * @param environment of the supervisor
 * @throws SecretError when the file cannot be read or nothing was handed over
 */
export function secretValue(source: SecretSource, environment: NodeJS.ProcessEnv): string {
  if ("file" in source) return readSecretFile(source.file);
  const value = environment[`${HANDED_PREFIX}${source.handed}`];
  if (value === undefined) throw new SecretError(`secret ${source.handed} was not handed to the supervisor`);
  return value;
}
