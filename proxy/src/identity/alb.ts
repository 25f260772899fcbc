import { decodeProtectedHeader, errors, importSPKI, type JWTPayload, jwtVerify, type ProtectedHeaderParameters } from "jose";
import type { AlbSettings } from "../settings/identity-schema";
import type { FetchText } from "./fetch-text";
import { headerLines } from "./header-lines";
import { type Identified, type IdentitySource, identityOf, type RequestHead, refuse, type Unidentified } from "./identity";
import { Peers } from "./peers";
import { cacheKey, TokenCache } from "./token-cache";

const LONGEST = 16_384;
const KEYS = 20;
/** Least time between two fetches of keys that are not known: a UUID is quickly made up. */
const FETCH_EVERY_MS = 1000;
const CACHE_MS = 120_000;
const SHAPE = /^[\w-]+={0,2}\.[\w-]+={0,2}\.[\w-]+={0,2}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type PublicKey = Awaited<ReturnType<typeof importSPKI>>;

/**
 * The `x-amzn-oidc-data` header of an AWS Application Load Balancer. All that can be judged offline is judged first, the
 * signer above all: any AWS account's load balancer signs with a key of the same host.
 */
export class AlbSource implements IdentitySource {
  private readonly peers: Peers;
  private readonly keysUrl: string;
  private readonly keys = new Map<string, PublicKey>();
  private readonly pending = new Map<string, Promise<PublicKey>>();
  private readonly cache: TokenCache;
  private fetchedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly settings: AlbSettings,
    private readonly prefix: string,
    private readonly fetch: FetchText,
    private readonly now: () => number,
  ) {
    this.peers = new Peers(settings.peers);
    this.keysUrl = (settings.keysUrl ?? `https://public-keys.auth.elb.${settings.region}.amazonaws.com`).replace(/\/$/, "");
    this.cache = new TokenCache(10_000, now);
  }

  identify(request: RequestHead): Identified | Promise<Identified> {
    if (!this.peers.include(request.socket.remoteAddress)) {
      return refuse("peer_not_trusted", "identity headers are not accepted from this address", 403);
    }
    const [token, second] = headerLines(request, "x-amzn-oidc-data");
    if (token === undefined || second !== undefined) return refuse("alb_header_missing", "x-amzn-oidc-data must be there, once");
    const key = cacheKey(token);
    return this.cache.get(key) ?? this.verify(key, token);
  }

  async start(): Promise<void> {}

  /** Keys are fetched one by one, when a token names them. */
  problem(): undefined {}

  stop(): void {}

  figures(): Readonly<Record<string, number>> {
    return { token_cache_hits: this.cache.hitCount, token_cache_entries: this.cache.size };
  }

  private async verify(cacheAs: string, token: string): Promise<Identified> {
    const problem = this.judgeHeader(token);
    if (typeof problem !== "string") return problem;
    try {
      const { payload, protectedHeader } = await jwtVerify(token, await this.key(problem), {
        algorithms: ["ES256"],
        issuer: this.settings.issuer,
        requiredClaims: ["exp", "sub"],
        currentDate: new Date(this.now()),
      });
      const verdict = this.judge(payload);
      const until = Math.min(Number(protectedHeader.exp), Number(payload.exp)) * 1000;
      if ("identity" in verdict) this.cache.set(cacheAs, verdict, Math.min(until, this.now() + CACHE_MS));
      return verdict;
    } catch (error) {
      if (error instanceof errors.JWTExpired) return refuse("token_expired", "the load balancer's token has expired");
      if (error instanceof errors.JOSEError) return refuse("alb_token_wrong", "the load balancer's token cannot be verified");
      return refuse("issuer_unavailable", "the load balancer's key cannot be fetched", 503);
    }
  }

  /** The id of the key, after everything that needs no key. */
  private judgeHeader(token: string): string | { readonly refused: Unidentified } {
    const wrong = (what: string) => refuse("alb_token_wrong", `the load balancer's token is not accepted: ${what}`);
    if (token.length > LONGEST || !SHAPE.test(token)) return wrong("its form");
    const header = headerOf(token);
    const { signer, issuer, clientId } = this.settings;
    if (header?.alg !== "ES256") return wrong("its algorithm");
    if (header.signer !== signer) return wrong("its signer");
    if (header.iss !== issuer) return wrong("its issuer");
    if (header.client !== clientId) return wrong("its client");
    if (typeof header.kid !== "string" || !UUID.test(header.kid)) return wrong("its key id");
    if (typeof header.exp !== "number") return wrong("it does not expire");
    return header.exp * 1000 > this.now() ? header.kid : refuse("token_expired", "the load balancer's token has expired");
  }

  private judge(payload: JWTPayload): Identified {
    const groups = payload[this.settings.groupsClaim] ?? [];
    if (!Array.isArray(groups)) return refuse("claim_malformed", `the claim ${this.settings.groupsClaim} is no list`, 403);
    return identityOf(payload[this.settings.userClaim], groups, this.prefix);
  }

  /** The key of this id; whoever needs it while it is fetched waits for the same fetch. */
  private async key(id: string): Promise<PublicKey> {
    const known = this.keys.get(id) ?? this.pending.get(id);
    if (known) return known;
    const fetched = this.fetchKey(id).finally(() => this.pending.delete(id));
    this.pending.set(id, fetched);
    return fetched;
  }

  private async fetchKey(id: string): Promise<PublicKey> {
    if (this.now() - this.fetchedAt < FETCH_EVERY_MS) throw new Error("keys are fetched too often");
    this.fetchedAt = this.now();
    const key = await importSPKI(await this.fetch(`${this.keysUrl}/${id}`), "ES256");
    if (this.keys.size >= KEYS) this.keys.delete(this.keys.keys().next().value ?? "");
    this.keys.set(id, key);
    return key;
  }
}

function headerOf(token: string): (ProtectedHeaderParameters & Record<string, unknown>) | undefined {
  try {
    return decodeProtectedHeader(token);
  } catch {
    return undefined;
  }
}
