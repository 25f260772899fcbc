import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  down,
  type LocalGateway,
  type LocalStatus,
  lineProgress,
  localFolders,
  type PartStatus,
  SILENT,
  status,
  up,
} from "../../../tools/local";
import { freePort } from "../../tools/local/fake-kit";
import { allMarked, commandLines } from "../../tools/local/marked";
import { all, describeReal, program } from "../support/real-part";

// A start of LiteLLM takes most of a minute, the first installation more.
jest.setTimeout(600_000);

const needs = all(program("python3", ["--version"]), program("postgres", ["--version"]));
const CANARY = "canary-7c1f0e5a9b3d4f628e17";
const project = realpathSync(mkdtempSync(join(tmpdir(), "cdktf-litellm-real-")));
const folders = localFolders(project, "local");
const environment = { ...process.env, MY_PROVIDER_KEY: CANARY };
const progress = lineProgress(process.stderr, Date.now);
let gateway: LocalGateway;
let last: LocalStatus;
let key: string;

const CONFIG = `model_list:
  - model_name: gpt-demo
    litellm_params:
      model: openai/gpt-4o
      api_key: os.environ/PROVIDER_KEY
      mock_response: "4"
general_settings:
  proxy_batch_write_at: 2
`;

beforeAll(async () => {
  gateway = {
    name: "local",
    litellmVersion: "1.108.10",
    config: CONFIG,
    port: await freePort(),
    databasePort: await freePort(),
    environmentVariables: {},
    secrets: { PROVIDER_KEY: { env: "MY_PROVIDER_KEY" } },
  };
});

afterAll(async () => {
  await down({ project, name: "local", deleteData: true, progress: SILENT });
  rmSync(project, { recursive: true, force: true });
});

function bringUp(): Promise<LocalStatus> {
  return up({ gateway, project, environment, progress });
}

function look(): Promise<LocalStatus> {
  return status({ project, name: "local", environment });
}

function part(of: LocalStatus, name: string): PartStatus {
  const found = of.parts.find((one) => one.name === name);
  if (!found) throw new Error(`no part ${name}`);
  return found;
}

/** Looks again until the status is as wanted. */
async function eventually(wanted: (status: LocalStatus) => boolean, seconds: number): Promise<LocalStatus> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const now = await look();
    if (wanted(now)) return now;
    if (Date.now() > end) throw new Error(`not within ${seconds} s: ${JSON.stringify(now, undefined, 2)}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function call(path: string, token: string, body: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const url = `http://127.0.0.1:${gateway.port}${path}`;
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

function chat(token: string) {
  return call("/v1/chat/completions", token, { model: "gpt-demo", messages: [{ role: "user", content: "2+2?" }] });
}

function masterKey(): string {
  return readFileSync(join(folders.secrets, "LITELLM_MASTER_KEY"), "utf8").trim();
}

function files(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

// Each test goes on from the state that the one before it left: a start of LiteLLM takes most of a minute.
describeReal("the local target", needs, () => {
  it("answers a chat completion with the master key, and makes a virtual key", async () => {
    last = await bringUp();
    expect(last).toMatchObject({
      ok: true,
      missing: [],
      parts: [
        { name: "postgres", state: "running" },
        { name: "litellm", state: "running" },
      ],
    });
    const answer = await chat(masterKey());
    expect(answer).toMatchObject({ status: 200, body: { choices: [{ message: { content: "4" } }] } });
    const generated = await call("/key/generate", masterKey(), { key_alias: "demo" });
    expect(generated.status).toBe(200);
    key = String(generated.body.key);
    expect((await chat(key)).status).toBe(200);
  });

  it("changes nothing the second time", async () => {
    const again = await bringUp();
    expect(again.parts.map(({ pid }) => pid)).toEqual(last.parts.map(({ pid }) => pid));
    expect(again.supervisor).toEqual(last.supervisor);
  });

  it("keeps the declared secret and the generated ones out of files and command lines", () => {
    const secrets = [
      CANARY,
      ...readdirSync(folders.secrets).map((name) => readFileSync(join(folders.secrets, name), "utf8").trim()),
    ];
    const quoting = files(folders.root)
      .filter((file) => !file.startsWith(folders.secrets))
      .filter((file) => secrets.some((secret) => readFileSync(file, "latin1").includes(secret)));
    expect(quoting).toEqual([]);
    const lines = commandLines();
    expect(secrets.filter((secret) => lines.includes(secret))).toEqual([]);
  });

  it("starts LiteLLM again after kill -9, with its keys", async () => {
    process.kill(part(last, "litellm").pid ?? 0, "SIGKILL");
    const hurt = await eventually((now) => !now.ok, 5);
    expect(part(hurt, "litellm").state).not.toBe("running");
    const healed = await eventually((now) => now.ok, 180);
    expect(part(healed, "litellm")).toMatchObject({ restarts: 1, lastExit: { reason: "killed by SIGKILL" } });
    expect(part(healed, "postgres").pid).toBe(part(last, "postgres").pid);
    expect((await chat(key)).status).toBe(200);
    const engines = allMarked(folders.root).filter((command) => /query-engine/.test(command.split(" ").slice(0, 3).join(" ")));
    expect(engines).toHaveLength(1);
    last = healed;
  });

  it("survives kill -9 of the supervisor, and gets a new one from up", async () => {
    process.kill(last.supervisor.pid ?? 0, "SIGKILL");
    const dead = await eventually(({ supervisor }) => supervisor.state === "dead", 5);
    expect(dead).toMatchObject({ ok: false, parts: [{ state: "running" }, { state: "running" }] });
    expect((await chat(key)).status).toBe(200);
    const healed = await bringUp();
    expect(healed.ok).toBe(true);
    expect(healed.parts.map(({ pid }) => pid)).toEqual(last.parts.map(({ pid }) => pid));
    last = healed;
  });

  it("starts PostgreSQL again after kill -9, while LiteLLM goes on", async () => {
    process.kill(part(last, "postgres").pid ?? 0, "SIGKILL");
    const hurt = await eventually((now) => !now.ok, 5);
    expect(part(hurt, "postgres").state).not.toBe("running");
    const healed = await eventually((now) => now.ok, 90);
    const reason = "exit code unknown, it went to an earlier supervisor";
    expect(part(healed, "postgres")).toMatchObject({ restarts: 1, lastExit: { reason } });
    expect(part(healed, "litellm").pid).toBe(part(last, "litellm").pid);
    expect((await chat(key)).status).toBe(200);
    last = healed;
  });

  it("restarts LiteLLM alone for a changed configuration", async () => {
    gateway = { ...gateway, config: CONFIG.replace('"4"', '"four"') };
    const changed = await bringUp();
    expect(part(changed, "postgres").pid).toBe(part(last, "postgres").pid);
    expect(part(changed, "litellm").pid).not.toBe(part(last, "litellm").pid);
    expect(await chat(key)).toMatchObject({ status: 200, body: { choices: [{ message: { content: "four" } }] } });
  });

  it("leaves no process behind after down, and keeps the data until they are to be deleted", async () => {
    await down({ project, name: "local", deleteData: false, progress });
    expect(allMarked(folders.root)).toEqual([]);
    expect(postgresProcesses()).toBe("");
    expect(await look()).toMatchObject({ ok: false, supervisor: { state: "stopped" } });
    expect(readdirSync(folders.postgres)).toContain("PG_VERSION");
    writeFileSync(join(folders.root, "terraform.tfstate"), "{}");
    await down({ project, name: "local", deleteData: true, progress });
    expect(readdirSync(folders.root)).toEqual(["terraform.tfstate"]);
  });
});

/** PostgreSQL overwrites its environment with its title, so its processes are found by their port. */
function postgresProcesses(): string {
  const lines = execFileSync("ps", ["axww", "-o", "args="], { encoding: "utf8" }).split("\n");
  return lines.filter((line) => line.includes(`port=${gateway.databasePort}`)).join("\n");
}
