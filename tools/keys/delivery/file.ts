import { randomUUID } from "node:crypto";
import {
  chmodSync,
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { SecretValue } from "../plan";
import { type Delivered, DeliveryError, type Destination, type Whose } from "./destination";
import { codeOf, fileError } from "./file-errors";
import { spotOf } from "./file-spot";

export type FilePlace = { readonly file: string };

/** What a delivered file has in it: a value of LiteLLM's, alone. */
const VALUE = /^(sk-[\w-]{8,500})\n?$/;
/** What is read of a file, one after the other: one that has more is none of ours. */
const BYTES = Buffer.alloc(1024);

/**
 * Values as files of this machine, readable by their owner alone (mode 0600). Beside each stands a second file that says
 * whose it is, `.<name>.cdktf-litellm`; it is written first, so that no value is ever there that nobody may replace. What
 * neither that file nor the gateway knows is never overwritten, links are not followed, and nothing is written outside of
 * the project.
 *
 * @param folder the project: file names are relative to it
 * @param beside folders outside of it that files are delivered in too
 */
export function fileDestination(folder: string, beside: readonly string[] = []): Destination<FilePlace> {
  const room = { folder, beside };
  const known = new Map<string, boolean>();
  return {
    tokenIdAt: async ({ file }, whose) =>
      explained(file, () => {
        const { path, hasFolder } = spotOf(file, room, known);
        return hasFolder ? tokenIdIn(path, file, whose) : undefined;
      }),
    put: async ({ file }, value, about) =>
      explained(file, () => {
        // Before something is written every folder is looked at again, and then they may be new.
        known.clear();
        const { path } = spotOf(file, room, new Map());
        tokenIdIn(path, file, about);
        deliver(path, value, about);
      }),
  };
}

function deliver(path: string, value: SecretValue, { owner, key }: Delivered): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  if (claimantOf(path) !== owner) replace(claimOf(path), JSON.stringify({ owner, key }));
  replace(path, value.reveal());
}

/** @throws DeliveryError when something is there that is not this owner's */
function tokenIdIn(path: string, file: string, { owner, tokenIds = [] }: Whose): string | undefined {
  const text = readIfThere(path);
  if (text === undefined) return undefined;
  const value = VALUE.exec(text)?.[1];
  const tokenId = value === undefined ? undefined : new SecretValue(value).tokenId;
  if (tokenId !== undefined && tokenIds.includes(tokenId)) return tokenId;
  if ((tokenId !== undefined || text === "") && claimantOf(path) === owner) return tokenId;
  throw new DeliveryError(
    `${file} is there already and was not delivered by this owner`,
    "move it away, or deliver to another file",
  );
}

function claimOf(path: string): string {
  return join(dirname(path), `.${basename(path)}.cdktf-litellm`);
}

/** Who has written down that the file is theirs. */
function claimantOf(path: string): string | undefined {
  try {
    const claim: unknown = JSON.parse(readIfThere(claimOf(path)) ?? "");
    return typeof claim === "object" && claim !== null && "owner" in claim ? String(claim.owner) : undefined;
  } catch {
    // What cannot be read says nothing of whose the file is.
    return undefined;
  }
}

/** In one step, so that nobody reads half a value; on the disk, so that a power cut does not undo it. */
function replace(path: string, line: string): void {
  const next = join(dirname(path), `.${randomUUID()}.next`);
  try {
    const handle = openSync(next, "wx", 0o600);
    try {
      writeSync(handle, `${line}\n`);
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

/** The first bytes of a file. Neither a link nor a pipe put there meanwhile is waited for. */
function readIfThere(path: string): string | undefined {
  let handle: number;
  try {
    handle = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
  try {
    const length = readSync(handle, BYTES);
    // What is neither file nor folder is read by whoever made it.
    return length > 0 || fstatSync(handle).isFile() ? BYTES.toString("latin1", 0, length) : "\0";
  } finally {
    closeSync(handle);
  }
}

/** Says what the system's codes mean for a delivery. */
function explained<Answer>(file: string, work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    throw error instanceof DeliveryError ? error : fileError(file, codeOf(error));
  }
}
