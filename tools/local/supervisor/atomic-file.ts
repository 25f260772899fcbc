import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import type * as z from "zod";

/** How a file is written. */
export interface WriteOptions {
  /** Waits until the disk has it, for what cannot be made anew; takes some milliseconds. @default false */
  readonly durable?: boolean;
}

/** Replaces the file at once, for this user alone: a reader sees the old content or the new one, never a half. */
export function writeAtomically(path: string, content: string, { durable = false }: WriteOptions = {}): void {
  const next = `${path}.${process.pid}.next`;
  try {
    writeFileSync(next, content, { mode: 0o600, flush: durable });
    renameSync(next, path);
  } catch (error) {
    rmSync(next, { force: true });
    throw error;
  }
}

/** The content of a file, or undefined where there is none. @throws every other error of reading */
export function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT" || errorCode(error) === "ENOTDIR") return undefined;
    throw error;
  }
}

/** A JSON file of our own, or undefined where it is missing or damaged: the caller then starts from what it can observe. */
export function readJson<T>(path: string, shape: z.ZodType<T>): T | undefined {
  const text = readIfThere(path);
  if (text === undefined) return undefined;
  try {
    return shape.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** The system's name of an error, such as `ENOENT`. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
