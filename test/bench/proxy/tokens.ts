import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify, SignJWT } from "jose";
import { cacheKey, TokenCache } from "../../../proxy/src/identity/token-cache";

const TIMES = 2000;

/** How many times longer a verification takes than finding its result in the cache. */
export async function verificationsPerLookup(): Promise<number> {
  const { privateKey, publicKey } = await generateKeyPair("ES256");
  const claims = { sub: "alice", groups: Array.from({ length: 12 }, (_, i) => `group-${i}`) };
  const token = await new SignJWT(claims).setProtectedHeader({ alg: "ES256", kid: "1" }).setExpirationTime("1h").sign(privateKey);
  const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: "1", alg: "ES256" }] });
  const cache = new TokenCache(1000, () => 0);
  const identified = { identity: { user: "alice", groups: claims.groups } } as unknown as Parameters<TokenCache["set"]>[1];
  cache.set(cacheKey(token), identified, 1);
  const verification = await time(async () => void (await jwtVerify(token, keys)));
  const lookup = await time(async () => void cache.get(cacheKey(token)));
  return verification / lookup;
}

/** The second half is timed, when everything is compiled. */
async function time(run: () => Promise<void>): Promise<number> {
  for (let i = 0; i < TIMES; i++) await run();
  const start = performance.now();
  for (let i = 0; i < TIMES; i++) await run();
  return performance.now() - start;
}
