import { errors, type JWTPayload, type JWTVerifyOptions, jwtVerify } from "jose";
import type { OidcSettings } from "../settings/identity-schema";
import { readCredential } from "./credential";
import type { FetchText } from "./fetch-text";
import { type Identified, type IdentitySource, identityOf, type RequestHead, refuse } from "./identity";
import { discoverKeys, KeySet, KeysUnavailable } from "./key-set";
import { cacheKey, TokenCache } from "./token-cache";

/** How long a token that was found bad is remembered, so that a client that repeats it costs little. */
const BAD_TOKEN_MS = 10_000;
const BAD_TOKENS = 1000;

/** OIDC access tokens: verified once, then remembered by hash until they expire or the issuer's keys change. */
export class OidcSource implements IdentitySource {
  private readonly keys: KeySet;
  private readonly good: TokenCache;
  private readonly bad: TokenCache;
  private readonly pending = new Map<string, Promise<Identified>>();
  private readonly options: JWTVerifyOptions;
  private verifications = 0;
  /** Counts the key sets. */
  private generation = 0;

  constructor(
    private readonly settings: OidcSettings,
    private readonly prefix: string,
    fetch: FetchText,
    private readonly now: () => number,
  ) {
    const load = async (): Promise<string> => fetch(settings.jwksUri ?? (await discoverKeys(settings.issuer, fetch)));
    const times = { maxAgeMs: settings.keysMaxAgeSeconds * 1000, staleMs: settings.keysStaleSeconds * 1000 };
    this.good = new TokenCache(settings.cacheEntries, now);
    this.bad = new TokenCache(BAD_TOKENS, now);
    this.keys = new KeySet(load, times, () => this.forget(), now);
    this.options = {
      issuer: settings.issuer,
      audience: [...settings.audiences],
      algorithms: [...settings.algorithms],
      clockTolerance: settings.clockSkewSeconds,
      requiredClaims: ["exp"],
    };
  }

  identify(request: RequestHead): Identified | Promise<Identified> {
    const read = readCredential(request);
    if ("refused" in read) return read;
    const key = cacheKey(read.credential);
    return this.good.get(key) ?? this.bad.get(key) ?? this.pending.get(key) ?? this.verifyOnce(key, read.credential);
  }

  start(): Promise<void> {
    return this.keys.start();
  }

  problem(): string | undefined {
    return this.keys.problem();
  }

  stop(): void {}

  figures(): Readonly<Record<string, number>> {
    return {
      ...this.keys.figures(),
      token_cache_hits: this.good.hitCount + this.bad.hitCount,
      token_cache_entries: this.good.size + this.bad.size,
      token_verifications: this.verifications,
    };
  }

  private verifyOnce(key: string, token: string): Promise<Identified> {
    const verdict = this.verify(key, token).finally(() => this.pending.delete(key));
    this.pending.set(key, verdict);
    return verdict;
  }

  private async verify(key: string, token: string): Promise<Identified> {
    const generation = this.generation;
    this.verifications += 1;
    if (!looksLikeJwt(token)) return this.reject(key, refuse("token_malformed", "the token is no JWT"));
    try {
      const { payload } = await jwtVerify(token, this.keys.find, { ...this.options, currentDate: new Date(this.now()) });
      const verdict = this.judge(payload);
      if ("refused" in verdict) return this.reject(key, verdict);
      // A verdict that rests on keys which were replaced meanwhile is not remembered.
      if (generation === this.generation) this.good.set(key, verdict, this.goodUntil(payload));
      return verdict;
    } catch (error) {
      return this.explain(key, error);
    }
  }

  private judge(payload: JWTPayload): Identified {
    for (const [claim, wanted] of Object.entries(this.settings.requiredClaims)) {
      if (payload[claim] !== wanted) return refuse("claim_missing", `the token's claim ${claim} is not as required`, 403);
    }
    const groups = payload[this.settings.groupsClaim] ?? [];
    if (!Array.isArray(groups))
      return refuse("claim_malformed", `the token's claim ${this.settings.groupsClaim} is no list`, 403);
    return identityOf(payload[this.settings.userClaim], groups, this.prefix);
  }

  private goodUntil({ exp = 0 }: JWTPayload): number {
    return Math.min((exp + this.settings.clockSkewSeconds) * 1000, this.now() + this.settings.cacheSeconds * 1000);
  }

  private explain(key: string, error: unknown): Identified {
    if (error instanceof KeysUnavailable) return refuse("issuer_unavailable", "the identity provider cannot be reached", 503);
    if (error instanceof errors.JWTExpired) return this.reject(key, refuse("token_expired", "the token has expired"));
    // Neither is final: the time comes, and the key may be published a moment later.
    if (error instanceof errors.JWTClaimValidationFailed && error.claim === "nbf")
      return refuse("token_not_yet_valid", "the token is not valid yet");
    if (error instanceof errors.JWKSNoMatchingKey)
      return refuse("token_key_unknown", "the token is signed with a key that the issuer does not publish");
    return this.reject(key, refuse(...explained(error)));
  }

  private reject(key: string, verdict: Identified): Identified {
    this.bad.set(key, verdict, this.now() + BAD_TOKEN_MS);
    return verdict;
  }

  private forget(): void {
    this.generation += 1;
    this.good.clear();
    this.bad.clear();
  }
}

function explained(error: unknown): [code: string, message: string] {
  if (error instanceof errors.JWTClaimValidationFailed)
    return ["token_claim_wrong", `the token's claim ${error.claim} is not accepted here`];
  if (error instanceof errors.JOSEAlgNotAllowed)
    return ["token_algorithm_refused", "the token's signature algorithm is not accepted here"];
  if (error instanceof errors.JWSSignatureVerificationFailed) return ["token_signature_wrong", "the token's signature is wrong"];
  return ["token_malformed", "the token cannot be verified"];
}

function looksLikeJwt(token: string): boolean {
  return /^eyJ[\w-]*\.[\w-]+\.[\w-]+$/.test(token);
}
