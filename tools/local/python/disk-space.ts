import { statfsSync } from "node:fs";
import { LocalError } from "../local-error";

/** The part of a file system's state that is looked at: free blocks for ordinary users, and the bytes of one. */
export type FileSystemState = (folder: string) => { readonly bavail: number; readonly bsize: number };

/** LiteLLM 1.108.10 with its packages: 582 MB, as much again for downloads and compiled files. */
const NEEDED_MEGABYTES = 1200;

/**
 * Sees that LiteLLM's packages fit into `folder`.
 * @throws LocalError that says how much is missing
 */
export function checkDiskSpace(folder: string, state: FileSystemState = statfsSync): void {
  const { bavail, bsize } = state(folder);
  const free = Math.floor((bavail * bsize) / 1e6);
  if (free >= NEEDED_MEGABYTES) return;
  throw new LocalError(
    `LiteLLM's packages need ${NEEDED_MEGABYTES} MB, but ${folder} has ${free} MB free`,
    `free ${NEEDED_MEGABYTES - free} MB, or name a folder on another disk with CDKTF_LITELLM_CACHE`,
  );
}
