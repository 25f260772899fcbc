import type { Json } from "../../../core/keys";
import type { CurrentObject } from "./current";

/** Name under which the mark stands in `metadata` of keys, teams and users. */
export const MARK = "cdktf-litellm";

/** Whose a thing is, and what was last written to it. It lives in the gateway: there is no state file. */
export type Mark = {
  readonly owner: string;
  readonly name: string;
  /** Fingerprint of the wanted fields at the last write: tells a changed file from a change by hand. */
  readonly spec: string;
  /** Names in `metadata` that the file put there: those that leave the file leave the gateway. */
  readonly metadata: readonly string[];
  /** Set when the thing was blocked because it left the file or was replaced; ISO 8601. */
  readonly blocked?: string;
  /** Keys only, as all that follows. */
  readonly generation?: number;
  /** Whether the value has reached its destination. */
  readonly delivered?: boolean;
  /** Fingerprint of the destination. */
  readonly to?: string;
  /** When this generation was made; ISO 8601. */
  readonly made?: string;
  /** Until when the generations before this one stay valid; ISO 8601. */
  readonly previousUntil?: string;
};

/** A key made every hour gets there in a century; what has this number was written by somebody else. */
export const LAST_GENERATION = 1_000_000;

/** What each part of a mark has to be. By hand, and not with zod: in a fifth of the time, for ten thousand keys. */
const PARTS: { readonly [Part in keyof Required<Mark>]: (value: Json | undefined) => boolean } = {
  owner: isText,
  name: isText,
  spec: isText,
  metadata: (value) => value === undefined || (Array.isArray(value) && value.every(isText)),
  blocked: isTimeOrNone,
  generation: (value) =>
    value === undefined || (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= LAST_GENERATION),
  delivered: (value) => value === undefined || typeof value === "boolean",
  to: (value) => value === undefined || isText(value),
  made: isTimeOrNone,
  previousUntil: isTimeOrNone,
};
const CHECKS = Object.entries(PARTS);
const TIME = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/;

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
  const mark = isMark(written) ? { ...written, metadata: written.metadata ?? [] } : null;
  marks.set(written, mark);
  return mark ?? undefined;
}

function isMark(written: Json & object): written is Omit<Mark, "metadata"> & Partial<Pick<Mark, "metadata">> {
  return CHECKS.every(([part, fits]) => fits((written as Metadata)[part]));
}

function isText(value: Json | undefined): boolean {
  return typeof value === "string";
}

/** A moment with its zone. Anything else was written by others: what was blocked at no time would be deleted at once. */
function isTimeOrNone(value: Json | undefined): boolean {
  return value === undefined || (typeof value === "string" && TIME.test(value) && !Number.isNaN(Date.parse(value)));
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
