import { randomUUID } from "node:crypto";
import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { SecretValue } from "../plan";
import { DeliveryError, type Destination } from "./destination";

export type FilePlace = { readonly file: string };

/** Values as files of this machine, readable by their owner alone (mode 0600). File names are relative to `folder`. */
export function fileDestination(folder: string): Destination<FilePlace> {
  return {
    tokenIdAt: async ({ file }) => {
      const text = readIfThere(resolve(folder, file), file)?.replace(/\n$/, "");
      return text ? new SecretValue(text).tokenId : undefined;
    },
    put: async ({ file }, value) => {
      try {
        replace(resolve(folder, file), value.reveal());
      } catch (error) {
        throw new DeliveryError(
          `${file} cannot be written: ${codeOf(error)}`,
          "let the folder be writable for whoever runs this",
        );
      }
    },
  };
}

/** In one step, so that nobody reads half a value; on the disk, so that a power cut does not undo it. */
function replace(path: string, value: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const next = join(dirname(path), `.${randomUUID()}.next`);
  try {
    const handle = openSync(next, "wx", 0o600);
    try {
      writeSync(handle, `${value}\n`);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    // The mode of a new file is subject to the umask.
    chmodSync(next, 0o600);
    renameSync(next, path);
  } catch (error) {
    rmSync(next, { force: true });
    throw error;
  }
}

function readIfThere(path: string, shown: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw new DeliveryError(`${shown} cannot be read: ${codeOf(error)}`, "let the file be readable for whoever runs this");
  }
}

function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "unknown reason";
}
