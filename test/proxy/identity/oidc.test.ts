import { SignJWT } from "jose";
import { RunningProxy } from "../support/running-proxy";
import { GATEWAY_KEY } from "../support/settings";

const CHAT = '{"model":"gpt-5","messages":[]}';

describe("a listener with OIDC tokens", () => {
  let running: RunningProxy;
  beforeEach(async () => {
    running = await RunningProxy.start();
  });
  afterEach(() => running.stop());

  const call = (token: string | null, headers: string[] = []) => running.call({ body: CHAT, token, headers });
  const token = (claims: Record<string, unknown> = {}) => running.issuer.token(running.now, claims);
  const seconds = () => Math.floor(running.now / 1000);
  const figure = (name: string) => {
    const sample = running.server.samples().find((one) => one.name === `identity_proxy_${name}`);
    return sample?.values[0]?.[1];
  };

  it.each(["authorization", "x-api-key", "api-key", "x-goog-api-key"])(
    "takes the token from %s and forwards it nowhere",
    async (name) => {
      const secret = await token({ sub: "bob" });
      const answer = await call(null, [name, name === "authorization" ? `Bearer ${secret}` : secret]);
      expect(answer.status).toBe(200);
      expect(running.gateway.last.headers["x-litellm-end-user-id"]).toEqual(["bob"]);
      expect(running.gateway.last.headers.authorization).toEqual([`Bearer ${GATEWAY_KEY}`]);
      expect(JSON.stringify(running.gateway.last)).not.toContain(secret);
      expect(running.audit.join()).not.toContain(secret);
    },
  );

  it("takes one token that stands in two places, and refuses two tokens", async () => {
    const one = await token();
    expect((await call(one, ["x-api-key", one])).status).toBe(200);
    const answer = await call(one, ["x-api-key", await token({ sub: "bob" })]);
    expect([answer.status, JSON.parse(answer.body).error.code]).toEqual([401, "credential_ambiguous"]);
    expect(running.gateway.requests).toHaveLength(1);
  });

  const bad: readonly (readonly [string, number, string, () => Promise<string | null>])[] = [
    ["no token", 401, "credential_missing", async () => null],
    ["an ordinary key", 401, "token_malformed", async () => "sk-1234"],
    ["an expired token", 401, "token_expired", () => token({ exp: seconds() - 31 })],
    ["a token for later", 401, "token_not_yet_valid", () => token({ nbf: seconds() + 31 })],
    ["a token of another issuer", 401, "token_claim_wrong", () => token({ iss: "https://evil.example.com" })],
    ["a token for another audience", 401, "token_claim_wrong", () => token({ aud: "other" })],
    ["a token that does not expire", 401, "token_claim_wrong", () => token({ exp: undefined })],
    ["a token with groups that are no list", 403, "claim_malformed", () => token({ groups: "engineering" })],
    ["a token with a group that is no text", 403, "identity_unusable", () => token({ groups: ["engineering", { a: 1 }] })],
    ["a name with a control character", 403, "identity_unusable", () => token({ sub: "a\u0000b" })],
    ["a name of 1,001 bytes", 403, "identity_unusable", () => token({ sub: "a".repeat(1001) })],
    ["a name that is blank", 403, "identity_unusable", () => token({ sub: " " })],
    [
      "a token without a signature",
      401,
      "token_malformed",
      async () => `${base64({ alg: "none" })}.${base64({ sub: "root", iss: running.issuer.url })}.`,
    ],
    ["a token signed with a secret", 401, "token_algorithm_refused", () => symmetric()],
    ["a token whose claims were changed", 401, "token_signature_wrong", async () => changed(await token())],
  ];

  it.each(bad)("answers %s with %i and the code %s, and forwards nothing", async (_what, status, code, make) => {
    const answer = await call(await make());
    expect([answer.status, JSON.parse(answer.body).error.code]).toEqual([status, code]);
    expect(running.gateway.requests).toEqual([]);
    expect((await call(await token())).status).toBe(200);
  });

  it("accepts clocks that differ by less than the allowed skew", async () => {
    expect((await call(await token({ exp: seconds() - 29 }))).status).toBe(200);
    expect((await call(await token({ nbf: seconds() + 29 }))).status).toBe(200);
  });

  it("verifies a token once, and again when it may have expired", async () => {
    const one = await token({ exp: seconds() + 60 });
    await call(one);
    await call(one);
    expect([figure("token_verifications"), figure("token_cache_hits")]).toEqual([1, 1]);
    running.now += 91_000;
    expect((await call(one)).status).toBe(401);
    expect(figure("token_verifications")).toBe(2);
  });

  it("verifies a token once for all who bring it at the same time", async () => {
    const one = await token();
    const answers = await Promise.all(Array.from({ length: 20 }, () => call(one)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(figure("token_verifications")).toBe(1);
  });

  it("fetches new keys when a token names one, drops the old, and does so at most every ten seconds", async () => {
    const before = await token();
    expect((await call(before)).status).toBe(200);
    await running.issuer.rotate("key-2");
    const after = await token();
    expect(JSON.parse((await call(after)).body).error.code).toBe("token_key_unknown");
    running.now += 10_000;
    const answers = await Promise.all(Array.from({ length: 10 }, () => call(after)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(running.issuer.fetches).toBe(2);
    expect(JSON.parse((await call(before)).body).error.code).toBe("token_key_unknown");
  });

  it.each(["down", "garbage"] as const)("goes on with known keys while the issuer is %s, but not for ever", async (state) => {
    await call(await token());
    running.issuer.broken = state;
    running.now += 601_000;
    expect((await call(await token())).status).toBe(200);
    running.now += 86_400_000;
    const answer = await call(await token());
    expect([answer.status, JSON.parse(answer.body).error.code]).toEqual([503, "issuer_unavailable"]);
    const reason = state === "garbage" ? /: the answer is no JSON$/ : /: 127\.0\.0\.1:\d+: ECONNRESET$/;
    expect(running.server.notReady()).toEqual([expect.stringMatching(reason)]);
    running.issuer.broken = undefined;
    running.now += 10_000;
    expect((await call(await token())).status).toBe(200);
    expect(running.server.notReady()).toEqual([]);
  });

  function symmetric(): Promise<string> {
    return new SignJWT({ iss: running.issuer.url, aud: "litellm", sub: "root", exp: seconds() + 60 })
      .setProtectedHeader({ alg: "HS256", kid: "key-1" })
      .sign(Buffer.alloc(32, 1));
  }
});

describe("a listener with OIDC tokens and a required claim", () => {
  it("refuses who does not have it, and takes names from the configured claims", async () => {
    const running = await RunningProxy.start(({ url }) => ({
      identity: `{ oidc: { issuer: "${url}", audiences: [litellm], userClaim: email, groupsClaim: roles, requiredClaims: { email_verified: true } } }`,
    }));
    const claims = { email: "a@example.com", roles: ["engineering"], groups: ["other"] };
    const unverified = await running.issuer.token(running.now, { ...claims, email_verified: false });
    const answer = await running.call({ body: CHAT, token: unverified });
    expect([answer.status, JSON.parse(answer.body).error.code]).toEqual([403, "claim_missing"]);
    const verified = await running.issuer.token(running.now, { ...claims, email_verified: true });
    expect((await running.call({ body: CHAT, token: verified })).status).toBe(200);
    expect(running.gateway.last.headers).toMatchObject({
      "x-litellm-end-user-id": ["a@example.com"],
      "x-litellm-tags": ["engineering"],
    });
    await running.stop();
  });
});

const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

function changed(token: string): string {
  const [header, payload = "", signature] = token.split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as object;
  return `${header}.${base64({ ...claims, sub: "root" })}.${signature}`;
}
