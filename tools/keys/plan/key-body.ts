import type { Delivery, DesiredKey, Json } from "../../../core/keys";
import type { Body, IssueAction } from "./action";
import { fingerprint } from "./compare";
import { type Mark, withMark } from "./mark";

/** What a generation is made with. */
export interface Making {
  readonly generation: number;
  /** Token ids that the key has so far. */
  readonly tokenIds: readonly string[];
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

/** A key whose value is brought somewhere. */
export type DeliveredKey = DesiredKey & { readonly delivery: Delivery };

export function hasDestination(key: DesiredKey): key is DeliveredKey {
  return key.delivery !== undefined;
}

/**
 * Makes a generation. What is sent is put together when it is asked for: a plan shows nothing of it, and for ten thousand new
 * keys that is a tenth of its time.
 */
export class NewGeneration implements IssueAction {
  readonly kind = "key";
  readonly name: string;
  readonly generation: number;
  readonly alias: string;
  readonly delivery: Delivery;
  readonly tokenIds: readonly string[];

  constructor(
    readonly verb: IssueAction["verb"],
    private readonly key: DeliveredKey,
    private readonly making: Making,
    readonly why: string,
  ) {
    this.name = key.name;
    this.generation = making.generation;
    this.alias = aliasOf(key.name, making.generation);
    this.delivery = key.delivery;
    this.tokenIds = making.tokenIds;
  }

  get body(): Body {
    const { metadata: _marked, ...fields } = this.key.fields;
    const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
    const duration = durationUntil(expiryOf(this.key, this.making.now), this.making.now);
    return { ...given, key_alias: this.alias, duration, metadata: this.metadata(false) };
  }

  get delivered(): Body {
    return { metadata: this.metadata(true) };
  }

  private metadata(delivered: boolean): Body {
    return withMark({}, (this.key.fields.metadata ?? {}) as Body, { ...firstMark(this.key, this.making), delivered });
  }
}

function firstMark(key: DesiredKey, { owner, generation, now, previousUntil }: Making): Omit<Mark, "metadata" | "delivered"> {
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
