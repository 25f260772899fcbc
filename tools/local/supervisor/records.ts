import { join } from "node:path";
import { readJson, writeAtomically } from "./atomic-file";
import type { ProcessIdentity } from "./process-identity";
import { PART_RECORD, RECORDS } from "./shapes";

/** What the supervisor remembers about a part; written at once, so that its successor can adopt what runs. Times: milliseconds. */
export interface PartRecord {
  readonly name: string;
  /** Of the wanted part that it was started from. */
  readonly hash: string;
  readonly port: number;
  readonly otherPorts?: readonly number[];
  readonly after: readonly string[];
  readonly stopSignal: "SIGINT" | "SIGTERM";
  /** Leader of its process group; absent when nothing of the group is left. */
  readonly identity?: ProcessIdentity;
  readonly startedAt: number;
  /** Since when it answers without a break; absent when it does not. */
  readonly readySince?: number;
  /** It has answered at least once since it was started. */
  readonly wasReady: boolean;
  /** When it was asked to end. */
  readonly stoppingSince?: number;
  /** When its leader was found ended. */
  readonly endedAt?: number;
  /** Ends that nobody asked for, since it was last healthy: decides how long to wait before the next start. */
  readonly failures: number;
  /** Starts after such ends. */
  readonly restarts: number;
  /** How it last ended without being asked, such as "exit code 1". */
  readonly lastExit?: { readonly reason: string; readonly at: number };
}

/** All records of an environment, by part. */
export type Records = Readonly<Record<string, PartRecord>>;

export function readRecords(run: string): Records {
  const parts = Object.entries(readJson(recordsFile(run), RECORDS)?.parts ?? {});
  return Object.fromEntries(
    parts.flatMap(([name, part]) => {
      const record = PART_RECORD.safeParse(part).data;
      return record ? [[name, record]] : [];
    }),
  );
}

export function writeRecords(run: string, parts: Records): void {
  writeAtomically(recordsFile(run), `${JSON.stringify({ parts }, undefined, 2)}\n`);
}

function recordsFile(run: string): string {
  return join(run, "status.json");
}
