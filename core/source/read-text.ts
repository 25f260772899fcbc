import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { type Finding, found } from "../findings";
import { SOURCE_RULES } from "./rules";

/** The largest file that is read, in bytes: 5 MiB. A configuration of 20,000 lines has about 0.6 MiB. */
export const MAX_FILE_BYTES = 5 * 1024 * 1024;

/** The text of a file, or why there is none. `shown` is the name that findings carry. */
export type TextResult = { readonly text: string } | { readonly finding: Finding };

/**
 * Reads a UTF-8 text file. Never throws: a missing file, a directory, a special file, a file over
 * {@link MAX_FILE_BYTES}, another encoding and a NUL byte are findings.
 */
export function readText(file: string, shown: string): TextResult {
  const bytes = readBytes(file, shown);
  return "finding" in bytes ? bytes : decode(bytes.bytes, shown);
}

function readBytes(file: string, shown: string): { bytes: Buffer } | { finding: Finding } {
  let descriptor: number | undefined;
  try {
    // Without waiting: a named pipe that nobody writes to would keep us for ever.
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    const stat = fstatSync(descriptor);
    if (stat.isDirectory()) return unreadable(shown, "is a directory");
    if (!stat.isFile()) return unreadable(shown, "is not a regular file");
    if (stat.size > MAX_FILE_BYTES) return tooLarge(shown, stat.size);
    return { bytes: readUpTo(descriptor, MAX_FILE_BYTES + 1, shown) };
  } catch (error) {
    return error instanceof TooLarge ? tooLarge(shown, undefined) : unreadable(shown, reasonOf(error));
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

class TooLarge extends Error {}

/** Reads to the end: the size of a pipe or of a growing file is not known before. */
function readUpTo(descriptor: number, limit: number, shown: string): Buffer {
  const chunks: Buffer[] = [];
  let total = 0;
  for (;;) {
    const chunk = Buffer.alloc(64 * 1024);
    const length = readSync(descriptor, chunk, 0, chunk.length, null);
    if (length === 0) return Buffer.concat(chunks);
    total += length;
    if (total >= limit) throw new TooLarge(shown);
    chunks.push(chunk.subarray(0, length));
  }
}

function decode(bytes: Buffer, shown: string): TextResult {
  const problem = encodingProblem(bytes);
  if (problem) {
    const place = { file: shown, line: 1, column: 1 };
    return {
      finding: found(SOURCE_RULES.encoding, { place, ...problem, expected: "UTF-8 text", repair: "save the file as UTF-8" }),
    };
  }
  return { text: new TextDecoder("utf-8").decode(bytes) };
}

function encodingProblem(bytes: Buffer): { message: string; got?: string } | undefined {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return { message: "the file is not UTF-8 text", got: "UTF-16" };
  }
  const nul = bytes.indexOf(0);
  if (nul >= 0) return { message: `the file holds a NUL byte at offset ${nul}, so it is not text` };
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return undefined;
  } catch {
    return { message: "the file is not UTF-8 text", got: "bytes that are not UTF-8" };
  }
}

function tooLarge(shown: string, size: number | undefined): { finding: Finding } {
  const place = { file: shown, line: 1, column: 1 };
  const got = size === undefined ? "more" : `${(size / 1024 / 1024).toFixed(1)} MiB`;
  return {
    finding: found(SOURCE_RULES.tooLarge, {
      place,
      message: "the file is too large",
      got,
      expected: `at most ${MAX_FILE_BYTES / 1024 / 1024} MiB`,
      repair: "split the file",
    }),
  };
}

function unreadable(shown: string, reason: string): { finding: Finding } {
  const place = { file: shown, line: 1, column: 1 };
  return {
    finding: found(SOURCE_RULES.unreadable, {
      place,
      message: `the file cannot be read: ${reason}`,
      repair: SOURCE_RULES.unreadable.repair,
    }),
  };
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "is a directory",
  EACCES: "this user may not read it",
  EPERM: "this user may not read it",
  ENOTDIR: "a part of its path is not a directory",
  ELOOP: "its symbolic links form a loop",
  ENAMETOOLONG: "its name is too long",
};

function reasonOf(error: unknown): string {
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
  return REASONS[code] ?? (code === "" ? "unknown reason" : code);
}
