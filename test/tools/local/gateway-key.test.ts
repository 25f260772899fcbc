import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { gatewayKey, registerGatewayKey } from "../../../tools/local/identity-proxy";
import { useFolder } from "./programs";

const MASTER = "sk-master-0123456789";
const KEY = "sk-proxy-0123456789";
const folder = useFolder();

/** Keeps keys as LiteLLM 1.108.10 does: by hash, an alias once. */
class KeysOfLitellm {
  readonly requests: { method?: string; url?: string; body?: Record<string, unknown> }[] = [];
  readonly hashes = new Set<string>();
  failWith: number | undefined;
  private server: Server | undefined;

  async listen(): Promise<number> {
    const server = createServer(async (request, response) => {
      const { method, url = "" } = request;
      const body = method === "POST" ? ((await json(request)) as Record<string, unknown>) : undefined;
      this.requests.push({ ...(method && { method }), url, ...(body && { body }) });
      const authorized = request.headers.authorization === `Bearer ${MASTER}`;
      response.statusCode = authorized ? this.answer(url) : 401;
      response.end(JSON.stringify({ error: `no such key ${KEY}` }));
    });
    this.server = server;
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return (server.address() as AddressInfo).port;
  }

  close(): void {
    this.server?.close();
    this.server?.closeAllConnections();
  }

  private answer(url: string): number {
    if (this.failWith !== undefined) return this.failWith;
    if (url.startsWith("/key/generate")) {
      this.hashes.add("made");
      return 200;
    }
    if (url.startsWith("/key/delete")) return 404;
    return this.hashes.size > 0 ? 200 : 404;
  }
}

let litellm: KeysOfLitellm;
let port: number;

beforeEach(async () => {
  litellm = new KeysOfLitellm();
  port = await litellm.listen();
});
afterEach(() => litellm.close());

test("an unknown key becomes an ordinary one, for LLM routes alone, that belongs to nobody with rights", async () => {
  await registerGatewayKey({ port, masterKey: MASTER, key: KEY });

  expect(litellm.requests.map(({ method, url }) => `${method} ${url?.split("?")[0]}`)).toEqual([
    "GET /key/info",
    "POST /key/delete",
    "POST /key/generate",
  ]);
  expect(litellm.requests[2]?.body).toEqual({
    key: KEY,
    key_alias: "cdktf-litellm-identity-proxy",
    key_type: "llm_api",
    user_id: "cdktf-litellm-identity-proxy",
    metadata: { made_by: "cdktf-litellm local up" },
  });
});

test("a known key is left as it is", async () => {
  await registerGatewayKey({ port, masterKey: MASTER, key: KEY });
  litellm.requests.length = 0;
  await registerGatewayKey({ port, masterKey: MASTER, key: KEY });

  expect(litellm.requests.map(({ method }) => method)).toEqual(["GET"]);
});

test("no key stands in a URL, where access logs would keep it", async () => {
  await registerGatewayKey({ port, masterKey: MASTER, key: KEY });

  expect(litellm.requests.map(({ url }) => url).join()).not.toContain("sk-");
  expect(litellm.requests[0]?.url).toMatch(/^\/key\/info\?key=[0-9a-f]{64}$/);
});

test.each([
  [401, /^LiteLLM does not take the master key that this environment names/],
  [500, /^look: cdktf-litellm local logs/],
])("a refusal with %s says what to do, and quotes no key", async (status, repair) => {
  litellm.failWith = status;
  const refusal = registerGatewayKey({ port, masterKey: MASTER, key: KEY });

  await expect(refusal).rejects.toMatchObject({
    message: `LiteLLM refused to register the identity proxy's key (status ${status})`,
    repair: expect.stringMatching(repair),
  });
});

test("a LiteLLM that does not answer is an error with a way out", async () => {
  litellm.close();

  await expect(registerGatewayKey({ port, masterKey: MASTER, key: KEY })).rejects.toMatchObject({
    message: "LiteLLM did not answer when the identity proxy's key was registered",
  });
});

test("the key is made once", () => {
  expect(gatewayKey(folder())).toMatch(/^sk-[\w-]{43}$/);
  expect(gatewayKey(folder())).toBe(gatewayKey(folder()));
});
