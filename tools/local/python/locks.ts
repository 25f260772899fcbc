import { readFileSync } from "node:fs";
import { packageFile } from "../../package-file";
import { LocalError } from "../local-error";

/**
 * LiteLLM versions with a complete lock: all packages for all platforms and Pythons, with their hashes. Written by
 * `scripts/litellm-lock.mjs`.
 */
export const LOCKED_VERSIONS: readonly string[] = ["1.108.10"];

/** A lock: the file for the installer, and its text. */
export interface Lock {
  readonly file: string;
  readonly text: string;
}

/**
 * The lock of LiteLLM `version`.
 * @throws LocalError when there is none
 */
export function litellmLock(version: string): Lock {
  if (LOCKED_VERSIONS.includes(version)) return readLock(`requirements-${version}.txt`);
  throw new LocalError(
    `LiteLLM ${version} cannot be installed on this machine: there is no lock of its packages`,
    `set litellm.version to ${LOCKED_VERSIONS.join(" or ")}`,
  );
}

/** The lock of the program that installs the packages. */
export function uvLock(): Lock {
  return readLock("uv.txt");
}

function readLock(name: string): Lock {
  const file = packageFile("tools", "local", "python", "locks", name);
  return { file, text: readFileSync(file, "utf8") };
}
