import { createServer, type Server } from "node:http";
import { Client } from "pg";
import { IdentityProxy } from "../../../proxy/src/server";
import { Issuer } from "../../proxy/support/issuer";
import { settingsFrom } from "../../proxy/support/settings";
import { CALLERS, CHANNELS, ROUTES } from "./channels";

/**
 * Against a LiteLLM that runs already, named by the environment:
 * - `LITELLM_URL`, and `LITELLM_KEY`: an ordinary virtual key of a team;
 * - `LITELLM_DATABASE_URL`: its database, where the log rows are read;
 * - `LITELLM_PROVIDER_PORT`: where its models `oai`, `ant`, `emb`, `img` and `mod` have their provider; the test listens there.
 * `general_settings.proxy_batch_write_at: 2` keeps the wait for log rows short.
 */
const { LITELLM_URL, LITELLM_KEY, LITELLM_DATABASE_URL, LITELLM_PROVIDER_PORT } = process.env;
const missing = Object.entries({ LITELLM_URL, LITELLM_KEY, LITELLM_DATABASE_URL, LITELLM_PROVIDER_PORT }).filter(
  ([, value]) => !value,
);
const reason = missing.map(([name]) => name).join(", ");

jest.setTimeout(900_000);

/** How long LiteLLM may take to write its log rows, in milliseconds. */
const PATIENCE_MS = 60_000;

/** A row of LiteLLM_SpendLogs, as far as it says who called. */
interface Row {
  readonly end_user: string;
  readonly request_tags: string[];
  readonly team_id: string;
  readonly api_key: string;
  readonly whole: string;
}

if (missing.length > 0) test.skip(`what a real LiteLLM records: ${reason} not set`, () => {});
else
  describe("a real LiteLLM", () =>
    tests(LITELLM_URL ?? "", LITELLM_KEY ?? "", LITELLM_DATABASE_URL ?? "", Number(LITELLM_PROVIDER_PORT)));

function tests(url: string, key: string, databaseUrl: string, providerPort: number): void {
  const provider = new Provider();
  const database = new Client({ connectionString: databaseUrl });
  let issuer: Issuer;
  let proxy: IdentityProxy;
  let run: string;

  beforeAll(async () => {
    issuer = await Issuer.start();
    await provider.start(providerPort);
    await database.connect();
    run = String(Date.now());
    const groups = [...new Set(CALLERS.map(([, group]) => `{ group: ${JSON.stringify(group)} }`))].join(", ");
    const settings = settingsFrom(
      `
upstream: { profile: litellm, version: 1.108.10, url: "${url}" }
gatewayKeys: [{ key: { env: GATEWAY_KEY } }]
listeners: [{ name: api, address: 127.0.0.1, port: 0, identity: { oidc: { issuer: "${issuer.url}", audiences: [litellm] } } }]
policy: { groups: [${groups}] }
`,
      { GATEWAY_KEY: key },
    );
    let ids = 0;
    const clock = { now: Date.now, ticks: () => performance.now(), id: () => `${run}-${++ids}` };
    proxy = new IdentityProxy(settings, { write: () => undefined }, clock);
    await proxy.start();
  });
  afterAll(async () => {
    await proxy.stop();
    await issuer.stop();
    await provider.stop();
    await database.end();
  });

  /** One request; the caller's name is made for it, so that its row can be found. */
  async function attempt(
    number: number,
    caller: readonly [string, string],
    path: string,
    claim: Partial<{ headers: object; body: object; query: string }>,
    body: object,
  ) {
    const [name, group] = caller;
    const user = `${name}-${run}-${number}`;
    const token = await issuer.token(Date.now(), { sub: user, groups: [group] });
    const target = `http://127.0.0.1:${proxy.port("api")}${path}${claim.query ? `?${claim.query}` : ""}`;
    const headers = { "content-type": "application/json", ...claim.headers, authorization: `Bearer ${token}` };
    const response = await fetch(target, { method: "POST", headers, body: JSON.stringify({ ...body, ...claim.body }) });
    await response.arrayBuffer();
    return { user, group, status: response.status };
  }

  async function rowOf(user: string): Promise<Row> {
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      const { rows } = await database.query<Row>(
        'SELECT end_user, request_tags, team_id, api_key, row_to_json(s)::text AS whole FROM "LiteLLM_SpendLogs" s WHERE end_user = $1',
        [user],
      );
      if (rows[0]) return rows[0];
      if (Date.now() > end) throw new Error(`no log row for ${user}`);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }

  test.each(ROUTES)(
    "%s records the verified caller, whatever the client claims, and the provider learns no identity",
    async (path, body) => {
      const made: { user: string; group: string; status: number; mark: string; name: string }[] = [];
      let number = ROUTES.findIndex(([other]) => other === path) * 1000;
      for (const caller of CALLERS) {
        for (const [name, claim] of [["nothing", () => ({})] as const, ...CHANNELS]) {
          number += 1;
          const mark = `spoof-${run}-${number}`;
          made.push({ ...(await attempt(number, caller, path, claim(mark), body)), mark, name });
        }
      }
      // Every claim that can be removed in silence is, so the call itself succeeds.
      expect(made.filter(({ status }) => status !== 200)).toEqual([]);
      const owner = await rowOf(made[0]?.user ?? "");
      for (const { user, group, mark, name } of made) {
        const row = await rowOf(user);
        const tags = row.request_tags.filter((tag) => !tag.startsWith("User-Agent: "));
        expect([name, tags, row.team_id, row.api_key]).toEqual([name, [group], owner.team_id, owner.api_key]);
        expect([name, row.whole.includes(mark)]).toEqual([name, false]);
      }
      const { rows } = await database.query<{ count: string }>(
        `SELECT count(*) FROM "LiteLLM_SpendLogs" s WHERE row_to_json(s)::text LIKE $1`,
        [`%spoof-${run}-%`],
      );
      expect(rows[0]?.count).toBe("0");
      for (const { user, group, mark } of made) {
        for (const text of [user, group, mark]) expect(provider.seen(text)).toBe(false);
      }
    },
  );

  test("the daily tables have the verified tags and no claimed one", async () => {
    const { rows } = await database.query<{ tag: string }>('SELECT tag FROM "LiteLLM_DailyTagSpend" WHERE tag LIKE $1', [
      `%spoof-${run}-%`,
    ]);
    expect(rows).toEqual([]);
  });
}

/** A provider that answers every API a little, and remembers what it was sent. */
class Provider {
  private readonly received: string[] = [];
  private server: Server | undefined;

  start(port: number): Promise<void> {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        this.received.push(`${request.url} ${JSON.stringify(request.rawHeaders)} ${Buffer.concat(chunks).toString()}`);
        response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answerTo(request.url ?? "")));
      });
    });
    return new Promise((resolve) => this.server?.listen(port, "127.0.0.1", resolve));
  }

  seen(text: string): boolean {
    const escaped = JSON.stringify(text).slice(1, -1);
    return this.received.some((request) => request.includes(text) || request.includes(escaped));
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }
}

const USAGE = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2, input_tokens: 1, output_tokens: 1 };

function answerTo(url: string): object {
  if (url.includes("embeddings"))
    return { object: "list", data: [{ object: "embedding", index: 0, embedding: [0.1] }], usage: USAGE };
  if (url.includes("images")) return { created: 1, data: [{ url: "http://127.0.0.1/a.png" }] };
  if (url.includes("moderations"))
    return { id: "m", model: "mod", results: [{ flagged: false, categories: {}, category_scores: {} }] };
  if (url.includes("messages"))
    return { id: "m", type: "message", role: "assistant", content: [{ type: "text", text: "hello" }], usage: USAGE };
  if (url.includes("responses")) {
    const output = [
      {
        type: "message",
        id: "o",
        role: "assistant",
        status: "completed",
        content: [{ type: "output_text", text: "hello", annotations: [] }],
      },
    ];
    return { id: "r", object: "response", created_at: 1, status: "completed", model: "oai", output, usage: USAGE };
  }
  if (url.includes("chat")) {
    return {
      id: "c",
      object: "chat.completion",
      created: 1,
      model: "oai",
      choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content: "hello" } }],
      usage: USAGE,
    };
  }
  return {
    id: "c",
    object: "text_completion",
    created: 1,
    model: "oai",
    choices: [{ index: 0, finish_reason: "stop", text: "hello" }],
    usage: USAGE,
  };
}
