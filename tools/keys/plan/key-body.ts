import type { DesiredKey, Json } from "../../../core/keys";
import type { Body, IssueAction } from "./action";
import { fingerprint } from "./compare";
import { type Mark, withMark } from "./mark";

/** What a generation is made with. */
export interface NewGeneration {
  readonly generation: number;
  readonly owner: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Until when the generations before it stay valid; absent for the first one. */
  readonly previousUntil?: number;
}

/** The alias of a generation: LiteLLM wants aliases to be unique, and people read them. */
export function aliasOf(name: string, generation: number): string {
  return `${name}.g${generation}`;
}

/**
 * Where a key's value goes, as a fingerprint: a changed one means that the value has to go elsewhere. A file counts as the
 * keys file names it, so that the same command from another folder finds nothing changed.
 */
export function destinationOf({ delivery }: DesiredKey): string | undefined {
  if (!delivery) return undefined;
  return fingerprint("file" in delivery ? { file: delivery.written ?? delivery.file } : (delivery as unknown as Json));
}

/**
 * When a generation made at `made` ends in LiteLLM by itself. One that rotates lives for two overlaps longer than it is in
 * use: one for its successor to spread, one for a run that comes late.
 */
export function expiryOf({ lifetime }: DesiredKey, made: number): number {
  return lifetime.kind === "fixed" ? lifetime.expires : made + lifetime.every + 2 * lifetime.overlap;
}

/** A length in LiteLLM's words, which counts from the moment of the request. */
export function durationUntil(end: number, now: number): string {
  return `${Math.max(1, Math.ceil((end - now) / 1000))}s`;
}

/** The requests that make a generation and mark it as delivered. */
export function newGeneration(key: DesiredKey, options: NewGeneration): Pick<IssueAction, "alias" | "body" | "delivered"> {
  const { metadata, ...fields } = key.fields;
  const mark = firstMark(key, options);
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
  const alias = aliasOf(key.name, options.generation);
  const wanted = (metadata ?? {}) as Body;
  const duration = durationUntil(expiryOf(key, options.now), options.now);
  return {
    alias,
    body: { ...given, key_alias: alias, duration, metadata: withMark({}, wanted, { ...mark, delivered: false }) },
    delivered: { metadata: withMark({}, wanted, { ...mark, delivered: true }) },
  };
}

function firstMark(
  key: DesiredKey,
  { owner, generation, now, previousUntil }: NewGeneration,
): Omit<Mark, "metadata" | "delivered"> {
  const to = destinationOf(key);
  return {
    owner,
    name: key.name,
    spec: fingerprint(key.fields),
    generation,
    ...(to !== undefined && { to }),
    made: new Date(now).toISOString(),
    ...(previousUntil !== undefined && { previousUntil: new Date(previousUntil).toISOString() }),
  };
}
