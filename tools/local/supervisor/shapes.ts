import * as z from "zod";
import type { PartRecord } from "./records";
import type { SupervisorRecord } from "./supervisor-files";
import type { SecretSource, Wanted, WantedPart } from "./wanted";

/** Shapes of the files in `run/`. Signals are sent to what they name, so a damaged file counts as none. */

/** Process 0, process 1 and negative numbers would be our own group, the machine's first process and whole groups. */
const identity = { pid: z.int().min(2), started: z.string().min(1) };
const time = z.number().min(0).max(8.64e15);
const strings = z.record(z.string(), z.string());
const stopSignal = z.enum(["SIGINT", "SIGTERM"]);
const after = z.array(z.string());
const otherPorts = z.array(z.number()).optional();

/** One part of `status.json`. */
export const PART_RECORD: z.ZodType<PartRecord> = z.object({
  name: z.string(),
  hash: z.string(),
  port: z.number(),
  otherPorts,
  after,
  stopSignal,
  identity: z.object(identity).optional(),
  startedAt: time,
  readySince: time.optional(),
  wasReady: z.boolean(),
  stoppingSince: time.optional(),
  endedAt: time.optional(),
  failures: z.number(),
  restarts: z.number(),
  lastExit: z.object({ reason: z.string(), at: time }).optional(),
});

/** `status.json`; its parts are looked at one by one, so that a damaged one does not hide the others. */
export const RECORDS = z.object({ parts: z.record(z.string(), z.unknown()) });

/** `supervisor.json`. */
export const SUPERVISOR: z.ZodType<SupervisorRecord> = z.object({
  ...identity,
  program: z.string(),
  handed: strings,
  startedAt: time,
});

const secret: z.ZodType<SecretSource> = z.union([
  z.object({ file: z.string() }),
  z.object({ handed: z.string(), from: z.string() }),
]);

const part: z.ZodType<WantedPart> = z.object({
  name: z.string(),
  process: z.object({
    command: z.string(),
    args: z.array(z.string()),
    cwd: z.string(),
    env: strings,
    runAs: z.object({ uid: z.number(), gid: z.number() }).optional(),
  }),
  secrets: z.record(z.string(), secret),
  hash: z.string(),
  port: z.number(),
  otherPorts,
  probe: z.union([
    z.object({ kind: z.literal("postgres"), port: z.number(), passwordFile: z.string() }),
    z.object({ kind: z.literal("litellm"), port: z.number(), database: z.boolean() }),
    z.object({ kind: z.literal("http"), port: z.number(), path: z.string() }),
  ]),
  after,
  stopSignal,
});

/** `wanted.json`. */
export const WANTED: z.ZodType<Wanted> = z.object({
  litellmVersion: z.string(),
  parts: z.array(part),
  missing: z.array(z.object({ part: z.string(), problem: z.string(), repair: z.string() })),
});
