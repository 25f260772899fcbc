import { randomUUID } from "node:crypto";
import { DEFAULT_LITELLM_VERSION } from "../../../core/config";
import { type GatewayHttp, gatewayHttp } from "../../../tools/keys/gateway";
import { readSpend, renderSpend, type SpendReport, spendReportSchema } from "../../../tools/keys/report";
import { RealLitellm, type RealProxy } from "../../support/real-litellm";
import { litellmNeeds } from "../../support/real-litellm-needs";
import { eventually } from "../../support/real-litellm-wait";
import { all, describeReal } from "../support/real-part";

jest.setTimeout(600_000);

const needs = litellmNeeds();
/** A request is 10 prompt tokens or more; what it costs is known from the answer's own count of tokens. */
const CONFIG = `model_list:
  - model_name: gpt-demo
    litellm_params:
      model: openai/gpt-4o
      api_key: unused
      mock_response: "4"
      input_cost_per_token: 0.0000025
      output_cost_per_token: 0.000000003
general_settings:
  proxy_batch_write_at: 1
`;

interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
}

describeReal("a month's spend from a real LiteLLM", all(needs.litellm, needs.postgres), () => {
  const masterKey = `sk-${randomUUID()}`;
  const month = new Date().toISOString().slice(0, 7);
  const asked: { who: string; nano: number }[] = [];
  let litellm: RealLitellm;
  let proxy: RealProxy;
  let http: GatewayHttp;
  let report: SpendReport;
  const pages: string[] = [];

  async function chat(who: string, key: string, body: object = {}): Promise<void> {
    const response = await fetch(`${proxy.url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ model: "gpt-demo", messages: [{ role: "user", content: "2 + 2?" }], ...body }),
    });
    const { usage } = (await response.json()) as { usage: Usage };
    asked.push({ who, nano: usage.prompt_tokens * 2500 + usage.completion_tokens * 3 });
  }

  const spentBy = (...who: string[]) =>
    (asked.filter((one) => who.includes(one.who)).reduce((total, { nano }) => total + nano, 0) / 1e9).toFixed(9);
  const dollars = (spend: string | undefined) => Number(spend).toFixed(9);

  beforeAll(async () => {
    litellm = await RealLitellm.prepare(DEFAULT_LITELLM_VERSION, true);
    const secrets = { LITELLM_MASTER_KEY: masterKey };
    proxy = await litellm.start({ name: "spend", config: CONFIG, variables: {}, secrets, database: true });
    const plain = gatewayHttp({ url: proxy.url, signIn: masterKey });
    // Pages of two rows, so that days and keys are spread over several.
    http = {
      ...plain,
      get: (path, query = {}) => {
        pages.push(`${path} ${query.page}`);
        return plain.get(path, { ...query, page_size: 2 });
      },
    };
    await plain.post("/team/new", { team_id: "research", team_alias: "Research" });
    await plain.post("/user/new", { user_id: "carol", user_email: "carol@example.org", auto_create_key: false });
    const keys = { first: `sk-${randomUUID()}`, second: `sk-${randomUUID()}`, solo: `sk-${randomUUID()}` };
    await plain.post("/key/generate", { key: keys.first, key_alias: "ci-eval.g1", team_id: "research" });
    await plain.post("/key/generate", { key: keys.second, key_alias: "ci-eval.g2", team_id: "research" });
    await plain.post("/key/generate", { key: keys.solo, key_alias: "solo", user_id: "carol" });
    await chat("first", keys.first, { metadata: { tags: ["engineering"] } });
    await chat("first", keys.first, { metadata: { tags: ["engineering"] } });
    await chat("second", keys.second, { metadata: { tags: ["engineering", "=sales"] } });
    for (let request = 0; request < 5; request += 1) await chat("solo", keys.solo, { user: "alice@example.org" });
    await chat("master", masterKey);
    report = await eventually("the activity has every request", 120, async () => {
      pages.length = 0;
      const now = Date.now();
      const read = await readSpend(http, month, { now, keyNames: new Set(["ci-eval"]) });
      const tagged = read.tags.reduce((requests, tag) => requests + tag.requests, 0);
      return read.total.requests === asked.length && tagged === 4 && read.customers.length > 0 && read.teams.length > 0
        ? read
        : undefined;
    });
  });

  afterAll(async () => {
    await proxy?.stop();
    await litellm?.close();
  });

  it("is exact in total and for each team, user, end user and tag", () => {
    expect(dollars(report.total.spend)).toBe(spentBy("first", "second", "solo", "master"));
    expect(report.teams).toEqual([expect.objectContaining({ id: "research", name: "Research", requests: 3 })]);
    expect(dollars(report.teams[0]?.spend)).toBe(spentBy("first", "second"));
    expect(dollars(report.withoutTeam.spend)).toBe(spentBy("solo", "master"));
    const carol = report.users.find(({ id }) => id === "carol");
    expect(carol).toMatchObject({ name: "carol@example.org", requests: 5 });
    expect(dollars(carol?.spend)).toBe(spentBy("solo"));
    expect(report.customers).toEqual([expect.objectContaining({ id: "alice@example.org", requests: 5 })]);
    expect(report.tags.map(({ id, requests }) => [id, requests])).toEqual([
      ["engineering", 3],
      ["=sales", 1],
    ]);
    expect(dollars(report.tags[1]?.spend)).toBe(spentBy("second"));
  });

  it("adds up the generations of a key under its name", () => {
    const [ci, solo] = ["ci-eval", "solo"].map((name) => report.keys.find((key) => key.name === name));

    expect(ci).toMatchObject({ requests: 3, team: "research", tokenIds: [expect.any(String), expect.any(String)] });
    expect(dollars(ci?.spend)).toBe(spentBy("first", "second"));
    expect(solo).toMatchObject({ requests: 5, user: "carol" });
    expect(report.keys.reduce((requests, key) => requests + key.requests, 0)).toBe(asked.length);
  });

  it("agrees with what LiteLLM counts for the key itself", async () => {
    const solo = await http.get("/key/list", { key_alias: "solo", return_full_object: "true", size: 10 });

    const [{ spend }] = (solo as unknown as { keys: [{ spend: number }] }).keys;
    expect(spend.toFixed(9)).toBe(spentBy("solo"));
  });

  it("was read in pages", () => {
    expect(pages).toContain("/user/daily/activity 2");
  });

  it("fits its schema, and shows no key", () => {
    expect(spendReportSchema.parse(report)).toEqual(report);
    for (const format of ["text", "json", "md", "csv"] as const)
      expect(renderSpend(report, format)).not.toMatch(/sk-|[0-9a-f]{64}/);
    expect(report.settled).toBe(false);
  });

  it("is empty for a month without requests", async () => {
    const empty = await readSpend(http, "2020-02", { now: Date.now() });

    expect(empty).toMatchObject({ settled: true, total: { spend: "0.00", requests: 0 }, teams: [], users: [], keys: [] });
  });
});
