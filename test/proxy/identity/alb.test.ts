import type { webcrypto } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { exportSPKI, generateKeyPair } from "jose";
import { RunningProxy } from "../support/running-proxy";

const KID = "01234567-89ab-cdef-0123-456789abcdef";
const SIGNER = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/gateway/0123456789abcdef";
const ISSUER = "https://login.example.com";
const CHAT = '{"model":"gpt-5","messages":[]}';

type Json = Record<string, unknown>;

/** The region's key host, and a load balancer that signs as AWS does: base64url with padding, signed with it. */
class LoadBalancer {
  fetches: string[] = [];
  private constructor(
    private readonly server: Server,
    private readonly privateKey: webcrypto.CryptoKey,
  ) {}

  static async start(): Promise<LoadBalancer> {
    const { privateKey, publicKey } = await generateKeyPair("ES256");
    const text = await exportSPKI(publicKey);
    const holder: { balancer?: LoadBalancer } = {};
    const server = createServer((request, response) => {
      holder.balancer?.fetches.push(request.url ?? "");
      response.writeHead(request.url === `/${KID}` ? 200 : 404).end(text);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    holder.balancer = new LoadBalancer(server, privateKey as webcrypto.CryptoKey);
    return holder.balancer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async token(now: number, header: Json = {}, claims: Json = {}): Promise<string> {
    const exp = Math.floor(now / 1000) + 120;
    const padded = (value: Json): string =>
      Buffer.from(JSON.stringify(value)).toString("base64").replaceAll("+", "-").replaceAll("/", "_");
    const head = padded({ typ: "JWT", alg: "ES256", kid: KID, signer: SIGNER, iss: ISSUER, client: "gateway", exp, ...header });
    const text = `${head}.${padded({ iss: ISSUER, sub: "alice", groups: ["engineering"], exp, ...claims })}`;
    const signature = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, this.privateKey, Buffer.from(text));
    return `${text}.${Buffer.from(signature).toString("base64").replaceAll("+", "-").replaceAll("/", "_")}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

describe("a listener behind an AWS Application Load Balancer", () => {
  let balancer: LoadBalancer;
  let running: RunningProxy;
  beforeEach(async () => {
    balancer = await LoadBalancer.start();
    const alb = `{ peers: [127.0.0.1], signer: "${SIGNER}", issuer: "${ISSUER}", clientId: gateway, region: eu-central-1, keysUrl: "${balancer.url}" }`;
    running = await RunningProxy.start({ identity: `{ alb: ${alb} }` });
  });
  afterEach(async () => {
    await running.stop();
    await balancer.stop();
  });

  const call = (...tokens: string[]) =>
    running.call({ body: CHAT, token: null, headers: tokens.flatMap((token) => ["x-amzn-oidc-data", token]) });

  it("takes the caller from the signed header, fetches the key once, and forwards no header of the load balancer", async () => {
    const token = await balancer.token(running.now);
    expect(token).toContain("=");
    expect((await call(token)).status).toBe(200);
    expect((await call(await balancer.token(running.now, {}, { sub: "bob" }))).status).toBe(200);
    expect(running.gateway.last.headers["x-litellm-end-user-id"]).toEqual(["bob"]);
    expect(running.gateway.last.headers["x-amzn-oidc-data"]).toBeUndefined();
    expect(balancer.fetches).toEqual([`/${KID}`]);
  });

  const offline: readonly (readonly [string, Json])[] = [
    ["another load balancer", { signer: SIGNER.replace("gateway", "stranger") }],
    ["another algorithm", { alg: "HS256" }],
    ["another issuer", { iss: "https://evil.example.com" }],
    ["another client", { client: "other" }],
    ["a key id that is a path", { kid: "../../keys" }],
    ["no end of its life", { exp: undefined }],
    ["an end in the past", { exp: 1 }],
  ];

  it.each(offline)("refuses a token of %s without asking anybody", async (_what, header) => {
    expect((await call(await balancer.token(running.now, header))).status).toBe(401);
    expect(balancer.fetches).toEqual([]);
    expect(running.gateway.requests).toEqual([]);
  });

  it.each([
    ["no header", () => []],
    ["two headers", (good: string) => [good, good]],
    ["three dots", (good: string) => [`${good}.x`]],
    ["16 KiB and more", (good: string) => [`${good}${"A".repeat(16_384)}`]],
  ])("refuses %s without asking anybody", async (_what, tokens) => {
    expect((await call(...tokens(await balancer.token(running.now)))).status).toBe(401);
    expect(balancer.fetches).toEqual([]);
  });

  it("refuses claims that have expired, claims of another issuer, and a changed signature", async () => {
    const tokens = [
      await balancer.token(running.now, {}, { exp: 1 }),
      await balancer.token(running.now, {}, { iss: "https://evil.example.com" }),
      (await balancer.token(running.now)).replace(/\.[^.]{8}([^.]*)$/, ".AAAAAAAA$1"),
    ];
    for (const token of tokens) expect((await call(token)).status).toBe(401);
    expect(running.gateway.requests).toEqual([]);
  });

  it("fetches unknown keys at most once a second", async () => {
    const ids = [1, 2, 3].map((digit) => KID.replace("0", String(digit)));
    for (const kid of ids) expect((await call(await balancer.token(running.now, { kid }))).status).toBe(503);
    expect(balancer.fetches).toHaveLength(1);
  });
});
