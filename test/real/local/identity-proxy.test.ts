import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Anthropic from "@anthropic-ai/sdk";
import OpenAI from "openai";
import { loadEnvironment } from "../../../core/config";
import { renderConfig } from "../../../core/litellm";
import { ask } from "../../../scripts/quickstart/ask";
import { type Claims, claiming, HONEST } from "../../../scripts/quickstart/claims";
import { type Attribution, recorded } from "../../../scripts/quickstart/recorded";
import {
  down,
  type LocalGateway,
  type LocalStatus,
  lineProgress,
  localFolders,
  SILENT,
  status,
  up,
  userToken,
} from "../../../tools/local";
import { freePort } from "../../tools/local/fake-kit";
import { allMarked, commandLines } from "../../tools/local/marked";
import { all, describeReal, program } from "../support/real-part";

// A start of LiteLLM takes most of a minute, the first installation more.
jest.setTimeout(600_000);

const needs = all(program("python3", ["--version"]), program("postgres", ["--version"]));
const project = realpathSync(mkdtempSync(join(tmpdir(), "cdktf-litellm-real-")));
const folders = localFolders(project, "local");
const environment = process.env;
let gateway: LocalGateway;
let last: LocalStatus;

async function gatewayFrom(policy: string, ports: readonly number[]): Promise<LocalGateway> {
  const [port = 0, databasePort = 0, api, issuer, operations] = ports;
  const file = join(project, "local.yaml");
  writeFileSync(
    file,
    `name: local
target: local
litellm:
  port: ${port}
  config:
    model_list:
      - model_name: gpt-demo
        litellm_params: { model: openai/gpt-4o, api_key: none, mock_response: "4" }
        model_info: { id: gpt-demo-1 }
      - model_name: claude-demo
        litellm_params: { model: anthropic/claude-sonnet-4-5, api_key: none, mock_response: "four" }
        model_info: { id: claude-demo-1 }
    general_settings: { master_key: os.environ/LITELLM_MASTER_KEY, proxy_batch_write_at: 2 }
database: { port: ${databasePort} }
identityProxy:
  development:
    port: ${issuer}
    users:
      alice: { groups: [engineering] }
      bob: { groups: [sales] }
      juergen: { groups: ["Vertrieb, EMEA"] }
  listeners: [{ name: api, port: ${api}, identity: { development: {} } }]
  operations: { port: ${operations} }
  policy: ${policy}
`,
  );
  const loaded = loadEnvironment(file, "2026-11-21");
  if (loaded.environment?.target !== "local" || !loaded.environment.identityProxy)
    throw new Error(JSON.stringify(loaded.findings));
  const { litellm, identityProxy } = loaded.environment;
  const config = renderConfig(litellm.config);
  const base = {
    name: "local",
    litellmVersion: litellm.version,
    config,
    port,
    databasePort,
    environmentVariables: {},
    secrets: {},
  };
  return { ...base, identityProxy };
}

let ports: readonly number[] = [];
const POLICY = '{ groups: [{ group: engineering }, { group: sales, models: [gpt-demo] }, { group: "Vertrieb, EMEA" }] }';

beforeAll(async () => {
  ports = await Promise.all([1, 2, 3, 4, 5].map(() => freePort()));
  gateway = await gatewayFrom(POLICY, ports);
});

afterAll(async () => {
  await down({ project, name: "local", deleteData: true, progress: SILENT });
  rmSync(project, { recursive: true, force: true });
});

function bringUp(): Promise<LocalStatus> {
  return up({ gateway, project, environment, progress: lineProgress(process.stderr, Date.now) });
}

function tokenOf(user: string): Promise<string> {
  return userToken({ project, name: "local", user, now: Date.now(), minutes: 5 });
}

async function bookedOn(user: string, claims: Claims = HONEST, model = "gpt-demo"): Promise<Attribution> {
  const { id } = await ask({ url: last.proxyUrl ?? "", token: await tokenOf(user), model, claims });
  return recorded(last, id);
}

function pid(name: string): number {
  return last.parts.find((part) => part.name === name)?.pid ?? 0;
}

async function healed(name: string, before: number): Promise<LocalStatus> {
  const end = Date.now() + 60_000;
  for (;;) {
    const now = await status({ project, name: "local", environment });
    if (now.ok && now.parts.some((part) => part.name === name && part.pid !== before)) return now;
    if (Date.now() > end) throw new Error(`${name} does not come back: ${JSON.stringify(now, undefined, 2)}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function ofLitellm(path: string, key: string): Promise<{ status: number; text: string }> {
  const response = await fetch(`${last.url}${path}`, { headers: { authorization: `Bearer ${key}` } });
  return { status: response.status, text: await response.text() };
}

function secret(name: string): string {
  return readFileSync(join(folders.secrets, name), "utf8").trim();
}

const ALICE = { user: "alice@example.org", tags: ["engineering"] };
const BOB = { user: "bob@example.org", tags: ["sales"] };

// Each test goes on from the state that the one before it left: a start of LiteLLM takes most of a minute.
describeReal("the identity proxy of the local target", needs, () => {
  it("has LiteLLM book two people's requests on them and their groups, commas and all", async () => {
    last = await bringUp();
    expect(last).toMatchObject({ ok: true, missing: [] });
    expect(await bookedOn("alice")).toEqual(ALICE);
    expect(await bookedOn("bob")).toEqual(BOB);
    expect(await bookedOn("juergen")).toEqual({ user: "juergen@example.org", tags: ["Vertrieb, EMEA"] });
  });

  it("is not impressed by forged headers and forged members of the body, together and each alone", async () => {
    const { headers, body } = claiming(ALICE.user, "engineering");
    expect(await bookedOn("bob", { headers, body })).toEqual(BOB);
    const singly: Claims[] = [
      ...Object.entries(headers).map(([name, value]) => ({ headers: { [name]: value }, body: {} })),
      ...Object.entries(body).map(([name, value]) => ({ headers: {}, body: { [name]: value } })),
    ];
    expect(singly).toHaveLength(7);
    expect(await Promise.all(singly.map((claims) => bookedOn("bob", claims)))).toEqual(singly.map(() => BOB));
  });

  it("shows that the same claims count when they are made to LiteLLM itself, so that the proxy is what stops them", async () => {
    const { id } = await ask({
      url: last.url ?? "",
      token: secret("identity-proxy-key"),
      model: "gpt-demo",
      claims: claiming(ALICE.user, "engineering"),
    });
    const booked = await recorded(last, id);
    expect(booked.user).toBe(ALICE.user);
    expect(booked.tags).toContain("engineering");
  });

  it("lets a group have its models and no other, and forwards no route of administration", async () => {
    const allowed = await fetch(`${last.proxyUrl}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${await tokenOf("bob")}`, "content-type": "application/json" },
      body: JSON.stringify({ model: "claude-demo", messages: [] }),
    });
    expect(allowed.status).toBe(403);
    const admin = await fetch(`${last.proxyUrl}/key/list`, { headers: { authorization: `Bearer ${await tokenOf("alice")}` } });
    expect(admin.status).toBe(404);
    const stranger = await fetch(`${last.proxyUrl}/v1/models`, {
      headers: { authorization: `Bearer ${secret("LITELLM_MASTER_KEY")}` },
    });
    expect(stranger.status).toBe(401);
  });

  it("takes a token as the API key of the official SDKs, streaming and not", async () => {
    const apiKey = await tokenOf("alice");
    const openai = new OpenAI({ apiKey, baseURL: `${last.proxyUrl}/v1`, maxRetries: 0 });
    const messages = [{ role: "user" as const, content: "2+2?" }];
    const answer = await openai.chat.completions.create({ model: "gpt-demo", messages });
    expect(answer.choices[0]?.message.content).toBe("4");
    let streamed = "";
    for await (const chunk of await openai.chat.completions.create({ model: "gpt-demo", messages, stream: true })) {
      streamed += chunk.choices[0]?.delta.content ?? "";
    }
    expect(streamed).toBe("4");
    const anthropic = new Anthropic({ apiKey, authToken: null, baseURL: last.proxyUrl ?? "", maxRetries: 0 });
    const message = await anthropic.messages.create({ model: "claude-demo", max_tokens: 9, messages });
    expect(message.content).toMatchObject([{ type: "text", text: "four" }]);
  });

  it("holds an ordinary key that may not administrate, made once", async () => {
    const key = secret("identity-proxy-key");
    expect((await ofLitellm("/key/list", key)).status).toBe(403);
    expect((await ofLitellm("/v1/models", key)).status).toBe(200);
    const before = await ofLitellm("/key/list?return_full_object=true&size=100", secret("LITELLM_MASTER_KEY"));
    last = await bringUp();
    const after = await ofLitellm("/key/list?return_full_object=true&size=100", secret("LITELLM_MASTER_KEY"));
    const names = (text: string) =>
      (JSON.parse(text) as { keys: { key_alias: string; token: string }[] }).keys.map((one) => [one.key_alias, one.token]);
    expect(names(before.text).map(([alias]) => alias)).toEqual(["cdktf-litellm-identity-proxy"]);
    expect(names(after.text)).toEqual(names(before.text));
  });

  it("gets another key when its file is deleted, and the former one is void", async () => {
    const former = secret("identity-proxy-key");
    rmSync(join(folders.secrets, "identity-proxy-key"));
    last = await bringUp();
    expect(secret("identity-proxy-key")).not.toBe(former);
    expect((await ofLitellm("/v1/models", former)).status).toBe(401);
    expect(await bookedOn("alice")).toEqual(ALICE);
  });

  it.each(["identity-proxy", "issuer"])("starts %s again after kill -9, and knows the same people", async (name) => {
    const before = pid(name);
    process.kill(before, "SIGKILL");
    last = await healed(name, before);
    expect(await bookedOn("bob")).toEqual(BOB);
  });

  it("takes another policy without a restart of LiteLLM", async () => {
    const litellm = pid("litellm");
    gateway = await gatewayFrom(POLICY.replace("models: [gpt-demo]", "tags: [emea-sales]"), ports);
    last = await bringUp();
    expect(pid("litellm")).toBe(litellm);
    expect(await bookedOn("bob")).toEqual({ ...BOB, tags: ["emea-sales"] });
  });

  it("keeps its secrets out of all files but those in their folder, and out of command lines", async () => {
    const values = readdirSync(folders.secrets).map(secret);
    const { d } = JSON.parse(secret("issuer-key")) as { d: string };
    const found = readdirSync(folders.root, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((file) => !file.startsWith(folders.secrets))
      .filter((file) => [...values, d].some((value) => readFileSync(file, "latin1").includes(value)));
    expect(found).toEqual([]);
    expect([...values, d].filter((value) => commandLines().includes(value))).toEqual([]);
  });

  it("leaves nothing behind", async () => {
    await down({ project, name: "local", deleteData: true, progress: SILENT });
    expect(allMarked(folders.root)).toEqual([]);
    expect(readdirSync(project, { recursive: true }).sort()).toEqual([".local", "local.yaml"]);
    await expect(fetch(`${last.proxyUrl}/v1/models`)).rejects.toThrow();
  });
});
