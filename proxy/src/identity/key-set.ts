import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from "jose";
import type { FetchText } from "./fetch-text";

/** How long a key set is used, in milliseconds. */
export interface KeySetTimes {
  /** Without asking again. */
  readonly maxAgeMs: number;
  /** While the issuer cannot be reached. */
  readonly staleMs: number;
  /** Least time between two fetches: tokens with made-up key ids must not become requests to the issuer. @default 10000 */
  readonly cooldownMs?: number;
}

/** The issuer's keys cannot be had, so nobody can be verified. */
export class KeysUnavailable extends Error {}

/**
 * The published keys of an issuer: fetched once for all who wait, kept while the issuer is away (up to a limit), and fetched
 * again when a token names a key that is not among them.
 */
export class KeySet {
  private keys: JWTVerifyGetKey | undefined;
  private text = "";
  private fetchedAt = Number.NEGATIVE_INFINITY;
  private triedAt = Number.NEGATIVE_INFINITY;
  private pending: Promise<void> | undefined;
  private failures = 0;
  /** Why the last fetch failed. */
  private reason = "they have not been fetched";
  private refreshes = 0;

  /**
   * @param load fetches the key set as text
   * @param changed is called when keys that were known are replaced
   * @param now milliseconds
   */
  constructor(
    private readonly load: () => Promise<string>,
    private readonly times: KeySetTimes,
    private readonly changed: () => void,
    private readonly now: () => number,
  ) {}

  /** Fetches the keys unless they are fresh. @throws KeysUnavailable when there are none that may be used */
  async start(): Promise<void> {
    if (this.age() > this.times.maxAgeMs) await this.refresh();
    this.known();
  }

  /** Why there are no keys that may be used now; undefined where there are. */
  problem(): string | undefined {
    return this.usable() ? undefined : `the identity provider's keys are not there: ${this.reason}`;
  }

  private usable(): boolean {
    return this.keys !== undefined && this.age() <= this.times.maxAgeMs + this.times.staleMs;
  }

  figures(): { key_age_seconds: number; key_fetches: number; key_fetch_failures: number } {
    const age = this.age();
    return {
      key_age_seconds: Number.isFinite(age) ? Math.round(age / 1000) : -1,
      key_fetches: this.refreshes,
      key_fetch_failures: this.failures,
    };
  }

  /** For `jwtVerify`: the key of a token, after one fetch where its key is not known. */
  readonly find: JWTVerifyGetKey = async (header, token) => {
    await this.current();
    try {
      return await this.known()(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || this.coolingDown()) throw error;
      await this.refresh();
      return await this.known()(header, token);
    }
  };

  /** Old keys are good enough while new ones are on their way; without any, everybody waits for the same fetch. */
  private async current(): Promise<void> {
    if (this.age() <= this.times.maxAgeMs) return;
    const refreshed = this.pending !== undefined || !this.coolingDown() ? this.refresh() : Promise.resolve();
    if (!this.usable()) await refreshed;
  }

  private known(): JWTVerifyGetKey {
    if (!this.keys || !this.usable()) throw new KeysUnavailable(this.problem());
    return this.keys;
  }

  private refresh(): Promise<void> {
    this.pending ??= this.fetch().finally(() => {
      this.pending = undefined;
    });
    return this.pending;
  }

  private async fetch(): Promise<void> {
    this.triedAt = this.now();
    this.refreshes += 1;
    try {
      const text = await this.load();
      const keys = createLocalJWKSet(readKeySet(text));
      this.fetchedAt = this.now();
      if (text === this.text) return;
      const replaced = this.keys !== undefined;
      this.text = text;
      this.keys = keys;
      if (replaced) this.changed();
    } catch (error) {
      this.failures += 1;
      // What a parser says quotes the document.
      this.reason = error instanceof SyntaxError ? "the answer is no JSON" : (error as Error).message;
    }
  }

  private age(): number {
    return this.now() - this.fetchedAt;
  }

  private coolingDown(): boolean {
    return this.now() - this.triedAt < (this.times.cooldownMs ?? 10_000);
  }
}

/** The place of an issuer's keys, from its discovery document. @throws Error when the document is another issuer's */
export async function discoverKeys(issuer: string, fetch: FetchText): Promise<string> {
  const url = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const document: unknown = JSON.parse(await fetch(url));
  if (!isObject(document) || document.issuer !== issuer) throw new Error("the discovery document names another issuer");
  if (typeof document.jwks_uri !== "string" || !URL.canParse(document.jwks_uri))
    throw new Error("the discovery document has no jwks_uri");
  if (new URL(document.jwks_uri).protocol !== new URL(issuer).protocol)
    throw new Error("jwks_uri has another protocol than the issuer");
  return document.jwks_uri;
}

function readKeySet(text: string): JSONWebKeySet {
  const value: unknown = JSON.parse(text);
  if (!isObject(value) || !Array.isArray(value.keys) || value.keys.length === 0) throw new Error("no key set");
  // A symmetric key in a public document is known to everybody.
  const keys = value.keys.filter((key) => isObject(key) && key.kty !== "oct");
  return { keys } as JSONWebKeySet;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
