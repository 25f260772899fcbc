import { z } from "zod";
import type { Json } from "../../../core/keys";
import type { CurrentObject } from "./current";

/** Name under which the mark stands in `metadata` of keys, teams and users. */
export const MARK = "cdktf-litellm";

const markSchema = z.object({
  owner: z.string(),
  name: z.string(),
  /** Fingerprint of the wanted fields at the last write: tells a changed file from a change by hand. */
  spec: z.string(),
  /** Names in `metadata` that the file put there: those that leave the file leave the gateway. */
  metadata: z.array(z.string()).default([]),
  /** Keys only. */
  generation: z.int().optional(),
  /** Keys only: whether the value has reached its destination. */
  delivered: z.boolean().optional(),
  /** Keys only: when this generation was made; ISO 8601. */
  made: z.string().optional(),
  /** Keys only: until when the generations before this one stay valid; ISO 8601. */
  previousUntil: z.string().optional(),
  /** Set when the thing has left the file and was blocked; ISO 8601. */
  removed: z.string().optional(),
});

/** Whose a thing is, and what was last written to it. Lives in the gateway; there is no state file. */
export type Mark = z.infer<typeof markSchema>;

/** The mark in `metadata`, or undefined when there is none that can be read: such a thing is not ours. */
export function markIn(object: CurrentObject): Mark | undefined {
  const { metadata } = object.fields;
  if (typeof metadata !== "object" || metadata === null || Array.isArray(metadata)) return undefined;
  const parsed = markSchema.safeParse((metadata as Readonly<Record<string, Json>>)[MARK]);
  return parsed.success ? parsed.data : undefined;
}
