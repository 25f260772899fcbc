import { hash } from "node:crypto";
import type { Identified } from "./identity";

interface Entry {
  readonly value: Identified;
  /** Milliseconds of the clock. */
  readonly until: number;
}

/** Key under which a credential is remembered: credentials themselves stay in no memory beyond their request. */
export function cacheKey(credential: string): string {
  return hash("sha256", credential, "base64");
}

/** Verdicts on tokens, each until it expires; the one that was used longest ago gives way. */
export class TokenCache {
  private entries = new Map<string, Entry>();
  private hits = 0;

  /**
   * @param limit the most entries
   * @param now milliseconds
   */
  constructor(
    private readonly limit: number,
    private readonly now: () => number,
  ) {}

  get(key: string): Identified | undefined {
    const entry = this.entries.get(key);
    if (!entry) return undefined;
    this.entries.delete(key);
    if (entry.until <= this.now()) return undefined;
    this.entries.set(key, entry);
    this.hits += 1;
    return entry.value;
  }

  /** Remembers a verdict until `until`, in milliseconds of the clock. */
  set(key: string, value: Identified, until: number): void {
    if (this.limit === 0 || until <= this.now()) return;
    this.entries.delete(key);
    if (this.entries.size >= this.limit) this.entries.delete(this.entries.keys().next().value ?? "");
    this.entries.set(key, { value, until });
  }

  /** Forgets everything: the keys that verdicts rest on have changed. */
  clear(): void {
    this.entries = new Map();
  }

  get size(): number {
    return this.entries.size;
  }

  get hitCount(): number {
    return this.hits;
  }
}
