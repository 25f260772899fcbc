import { z } from "zod";
import type { Json } from "../../../core/keys";
import type { CurrentObject } from "./current";

/** Name under which the mark stands in `metadata` of keys, teams and users. */
export const MARK = "cdktf-litellm";

/** A moment with its zone. Anything else was written by others: what was blocked at no time would be deleted at once. */
const time = z
  .string()
  .refine((text) => /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text)));

const markSchema = z.object({
  owner: z.string(),
  name: z.string(),
  /** Fingerprint of the wanted fields at the last write: tells a changed file from a change by hand. */
  spec: z.string(),
  /** Names in `metadata` that the file put there: those that leave the file leave the gateway. */
  metadata: z.array(z.string()).default([]),
  /** Set when the thing was blocked because it left the file or was replaced; ISO 8601. */
  blocked: time.optional(),
  /** Keys only, as all that follows. */
  generation: z.int().min(1).max(1_000_000).optional(),
  /** Whether the value has reached its destination. */
  delivered: z.boolean().optional(),
  /** Fingerprint of the destination. */
  to: z.string().optional(),
  /** When this generation was made; ISO 8601. */
  made: time.optional(),
  /** Until when the generations before this one stay valid; ISO 8601. */
  previousUntil: time.optional(),
});

/** Whose a thing is, and what was last written to it. It lives in the gateway: there is no state file. */
export type Mark = z.infer<typeof markSchema>;

type Metadata = Readonly<Record<string, Json>>;

/** `metadata` of a row, empty where it has none. */
export function metadataOf({ fields: { metadata } }: Pick<CurrentObject, "fields">): Metadata {
  return typeof metadata === "object" && metadata !== null && !Array.isArray(metadata) ? (metadata as Metadata) : {};
}

/** The mark in `metadata`, or undefined when there is none that can be read: such a thing is not ours. */
export function markIn(object: CurrentObject): Mark | undefined {
  const written = metadataOf(object)[MARK];
  if (typeof written !== "object" || written === null) return undefined;
  const known = marks.get(written);
  if (known !== undefined) return known ?? undefined;
  const mark = markSchema.safeParse(written).data;
  marks.set(written, mark ?? null);
  return mark;
}

/** Marks that were read before; null where there is none. A plan asks several times for that of each key. */
const marks = new WeakMap<object, Mark | null>();

/**
 * What is written to `metadata`, which LiteLLM replaces as a whole: what others put there stays, what this file put there
 * and no longer names goes.
 */
export function withMark(current: Metadata, wanted: Metadata, mark: Omit<Mark, "metadata">, before?: Mark): Metadata {
  const kept = Object.entries(current).filter(([name]) => name !== MARK && !before?.metadata.includes(name));
  const names = Object.keys(wanted).sort();
  return { ...Object.fromEntries(kept), ...wanted, [MARK]: { ...mark, metadata: names } };
}
