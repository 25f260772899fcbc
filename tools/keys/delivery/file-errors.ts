import { DeliveryError } from "./destination";

/** What is wrong and what to do, by the system's codes. */
const TROUBLES: Readonly<Record<string, readonly [string, string]>> = {
  EACCES: ["may not be read and written", "let it and its folder be readable and writable for whoever runs this"],
  EPERM: ["may not be read and written", "let it and its folder be readable and writable for whoever runs this"],
  EROFS: ["cannot be written: the disk is read-only", "deliver to another folder"],
  ENOSPC: ["cannot be written: the disk is full", "make room, and run this again"],
  EDQUOT: ["cannot be written: the quota is used up", "make room, and run this again"],
  ENAMETOOLONG: ["cannot be the name of a file: it is too long", "give it a shorter one"],
  ERR_INVALID_ARG_VALUE: ["cannot be the name of a file", "give it one without control characters"],
  ELOOP: ["is a link, which is not followed", "name the place itself"],
  EISDIR: ["is a folder", "name a file in it, or move the folder away"],
  ENOTDIR: ["has a file in its path where a folder is needed", "deliver to another place"],
};

/** The error for what the system said of a file. */
export function fileError(file: string, code: string): DeliveryError {
  const [what, repair] = TROUBLES[code] ?? [
    `cannot be read and written (${code})`,
    "look at it and at its folder, and run this again",
  ];
  return new DeliveryError(`${file} ${what}`, repair);
}

/** The system's code of an error. */
export function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "unknown reason";
}
