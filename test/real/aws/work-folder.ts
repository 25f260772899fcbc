import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Availability } from "../support/real-part";

/** A folder that exists while a test file runs. */
export function workFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "cdktf-litellm-aws-work-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Whether something was found. */
export function usable(found: object | { readonly reason: string }): Availability {
  return "reason" in found ? { reason: found.reason } : { available: true };
}
