import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Json } from "../../../core/keys";
import { apply, MACHINE_CLOCK, plan, type ReconcileOptions } from "../../../tools/keys/apply";
import { destinations } from "../../../tools/keys/delivery";
import { CountingForwarder, type Moment } from "../../support/counting-forwarder";
import { MemoryLitellm } from "../../support/memory-litellm/memory-litellm";
import { litellmNeeds } from "../../support/real-litellm-needs";
import { keyText, OTHERS } from "../../tools/keys/keys-lab";
import { all, describeReal } from "../support/real-part";
import { type ApiCall, apiCalls } from "./api-calls";
import { CONFIG, RealGateway } from "./real-gateway";

jest.setTimeout(600_000);

const MASTER = "sk-master-of-the-keys-test-0123456789";
const FILE = `${OTHERS}teams:
  research: { models: [mock-a], max_budget: 100, budget_duration: 30d, rpm_limit: 1000, tags: [research], metadata: { floor: 3 } }
keys:
${keyText("agent", "user_id: alice, rotate: { every: 90d, overlap: 14d }", "mock-a")}${keyText("netbird", "role: netbird, expires: 2028-01-01, metadata: { count: 1 }", "mock-a")}  metrics: { owner: a@example.org, role: metrics, expires: 2028-01-01, budget: small, deliver: { file: metrics } }
`;

const { litellm, postgres } = litellmNeeds();

describeReal("keys as code on a real LiteLLM", all(litellm, postgres), () => {
  let gateway: RealGateway;
  let folder: string;

  beforeAll(async () => {
    gateway = await RealGateway.prepare("keys");
    const secrets = { LITELLM_MASTER_KEY: MASTER, LITELLM_SALT_KEY: "sk-salt-of-the-keys-test-0123456789" };
    await gateway.restart(`${CONFIG}  proxy_batch_write_at: 1\n`, secrets);
    folder = gateway.folder;
  });
  afterAll(() => gateway?.close());

  const call = async (method: string, path: string, body?: object): Promise<{ status: number; json: Json }> => {
    const { status, text } = await gateway.call(MASTER, method, path, body);
    return { status, json: text ? JSON.parse(text) : null };
  };
  const options = (text: string, owner: string): ReconcileOptions => ({
    ...gateway.options(text, owner, MASTER, join(folder, owner)),
    // Waiting for a run that was killed takes no time here.
    clock: impatient(),
  });
  const chat = async (key: string): Promise<number> => {
    const body = { model: "mock-a", messages: [{ role: "user", content: "hi" }] };
    return (await gateway.call(key, "POST", "/v1/chat/completions", body)).status;
  };
  const delivered = (owner: string, name: string): string => gateway.delivered(owner, name);

  test("the LiteLLM in memory answers as the real one does", async () => {
    const memory = new MemoryLitellm(Date.now);
    const calls = apiCalls((value) => createHash("sha256").update(value).digest("hex"));
    const answers: unknown[] = [];
    const expected: unknown[] = [];
    for (const each of calls) {
      answers.push(shown(each, await call(each.method, each.path, each.body)));
      expected.push(shown(each, memory.handle(each.method, each.path, each.body ?? {})));
    }
    expect(expected).toEqual(answers);
  });

  test("apply makes everything, then there is nothing to do; each key does what it may", async () => {
    const { executed } = await apply(options(FILE, "first"));
    expect(executed.failed).toEqual([]);
    const { plan: second } = await plan(options(FILE, "first"));

    expect(second).toMatchObject({ actions: [], notes: [] });
    expect(await chat(delivered("first", "agent"))).toBe(200);
    expect([401, 403]).toContain(await chat(delivered("first", "metrics")));
    expect(statSync(join(folder, "first", "agent")).mode & 0o777).toBe(0o600);
  });

  test("allow_client_tags comes back as a boolean", async () => {
    const { json } = await call("GET", "/key/list?size=100&return_full_object=true&key_alias=netbird.g1");
    const [row] = (json as { keys: { metadata: Record<string, Json> }[] }).keys;

    expect(row?.metadata.allow_client_tags).toBe(true);
    expect(row?.metadata.count).toBe(1);
  });

  test("a budget that was changed by hand is exactly one difference, and apply takes it back", async () => {
    const { json } = await call("GET", "/key/list?size=100&return_full_object=true&key_alias=agent.g1");
    const [row] = (json as { keys: { token: string }[] }).keys;
    await call("POST", "/key/update", { key: row?.token, max_budget: 5000 });
    const { plan: found } = await plan(options(FILE, "first"));

    expect(found.actions).toMatchObject([
      { verb: "update", name: "agent", byHand: true, changes: [{ field: "max_budget", from: 5000, to: 10 }] },
    ]);
    await apply(options(FILE, "first"));
    expect((await plan(options(FILE, "first"))).plan.actions).toEqual([]);
  });

  test("what is not ours stays as it is under sync", async () => {
    await call("POST", "/key/generate", { key: "sk-foreign-key-aaaaaaaaaaaa", key_alias: "foreign", max_budget: 1 });
    const before = await call("GET", "/key/list?size=100&return_full_object=true&key_alias=foreign");
    await apply(options("{}\n", "stranger"));

    expect(await call("GET", "/key/list?size=100&return_full_object=true&key_alias=foreign")).toEqual(before);
    expect(await chat(delivered("first", "agent"))).toBe(200);
  });

  test("every part of the file can change, and then there is nothing to do", async () => {
    const changed = FILE.replace("max_budget: 5,", "max_budget: 6, rpm_limit: 9,")
      .replace("rpm_limit: 1000, tags: [research], metadata: { floor: 3 }", "tags: [research, lab]")
      .replace("alice@example.org, max_budget: 20", "alice@example.org, max_budget: 21, metadata: { on: true }")
      .replace("all of it", "some of it")
      .replace("alias: Acme", "alias: Acme Inc")
      .replace("metadata: { count: 1 }", "rpm_limit: 5")
      .replace("expires: 2028-01-01, metadata", "expires: 2028-02-01, metadata");
    const { executed, plan: made } = await apply(options(changed, "first"));

    expect(executed.failed).toEqual([]);
    expect(made.actions.map(({ kind, verb }) => `${verb} ${kind}`)).toEqual([
      "update budget",
      "update team",
      "update user",
      "update tag",
      "update customer",
      "update key",
    ]);
    expect((await plan(options(changed, "first"))).plan).toMatchObject({ actions: [], notes: [] });
    await apply(options(FILE, "first"));
    expect((await plan(options(FILE, "first"))).plan.actions).toEqual([]);
  });

  test("an incident: the leaked value is refused, the new one is served", async () => {
    const leaked = delivered("first", "agent");
    const { executed } = await apply({ ...options(FILE, "first"), rotateNow: new Set(["agent"]) });

    expect(executed.failed).toEqual([]);
    expect(await chat(leaked)).toBeGreaterThanOrEqual(400);
    expect(await chat(delivered("first", "agent"))).toBe(200);
    await apply(options(FILE, "first"));
    expect((await plan(options(FILE, "first"))).plan.actions).toEqual([]);
  });

  test("two runs at once make each key once", async () => {
    const text = only("agent");
    // A clock that jumps over waits would take a living run for a dead one.
    const once = () => apply({ ...options(text, "race"), clock: patient() });
    const runs = await Promise.all([once(), once()]);

    expect(runs.flatMap(({ executed }) => executed.failed)).toEqual([]);
    const { json } = await call("GET", "/key/list?size=100&return_full_object=true&key_alias=race-agent.g1");
    expect((json as { keys: unknown[] }).keys).toHaveLength(1);
    expect(await chat(delivered("race", "race-agent"))).toBe(200);
  });

  /** A file whose names no other test of this file has. */
  const only = (name: string, owner = "race"): string => `teams:
  ${owner}: { models: [mock-a], max_budget: 100, budget_duration: 30d }
keys:
  ${owner}-${name}: { owner: a, team_id: ${owner}, models: [mock-a], max_budget: 10, budget_duration: 30d, rotate: { every: 90d, overlap: 14d }, deliver: { file: ${owner}-${name} } }
`;

  test.each<[string, Moment]>([
    ["POST /team/new", "before"],
    ["POST /team/new", "after"],
    ["POST /key/generate", "before"],
    ["POST /key/generate", "after"],
    ["POST /key/update", "before"],
    ["POST /key/update", "after"],
  ])("kill -9 at %s, %s it is done: the next run heals it", async (at, moment) => {
    const owner = `kill-${at.replace(/[^a-z]+/gi, "-").toLowerCase()}-${moment}`.slice(0, 40);
    const project = join(folder, owner);
    mkdirSync(join(project, "environments"), { recursive: true });
    const text = only("agent", owner);
    const forwarder = new CountingForwarder(gateway.url);
    const url = await forwarder.start();
    writeFileSync(join(project, "some.keys.yaml"), text);
    writeFileSync(join(project, "environments", "e.yaml"), environmentFile(url, owner));
    const child = runCli(project, "keys", "apply", "environments/e.yaml");
    forwarder.at = (count, when) => {
      if (forwarder.seen[count - 1] !== at || when !== moment) return true;
      child.kill("SIGKILL");
      return false;
    };
    const [, signal] = await once(child, "exit");
    await forwarder.stop();

    expect(signal).toBe("SIGKILL");
    const healing = { ...options(text, owner), destinations: destinations({ folder: project }) };
    const { executed } = await apply(healing);
    expect(executed.failed).toEqual([]);
    expect((await plan(healing)).plan.actions).toEqual([]);
    const value = readFileSync(join(project, `${owner}-agent`), "utf8").trim();
    expect(await chat(value)).toBe(200);
    const { json } = await call("GET", `/key/list?size=100&return_full_object=true&team_id=${owner}`);
    expect((json as { keys: unknown[] }).keys).toHaveLength(1);
  });

  test("a last day that is moved into the past ends a key that works, and moved back lets it work again", async () => {
    const text = (day: string): string => only("ends", "ends").replace("rotate: { every: 90d, overlap: 14d }", `expires: ${day}`);
    const value = async (): Promise<number> => chat(delivered("ends", "ends-ends"));
    await apply(options(text("2099-01-01"), "ends"));
    expect(await value()).toBe(200);
    const kept = { deleteAfter: 86_400_000 };
    await apply({ ...options(text("2026-01-01"), "ends"), ...kept });
    expect(await value()).toBeGreaterThanOrEqual(400);
    expect((await plan({ ...options(text("2026-01-01"), "ends"), ...kept })).plan.actions).toEqual([]);
    await apply({ ...options(text("2099-01-01"), "ends"), ...kept });

    expect(await value()).toBe(200);
  });

  test("what a person made beside ours is not taken for ours: a budget of our owner's name, a customer of our budget", async () => {
    const text = "budgets:\n  small: { max_budget: 5, budget_duration: 30d }\n";
    await apply(options(text, "lookalike"));
    const budgets = (await call("GET", "/budget/list")).json as { budget_id: string }[];
    const ours = budgets.find(({ budget_id }) => budget_id.startsWith("lookalike:small:"))?.budget_id;
    await call("POST", "/budget/new", { budget_id: "lookalike:by-hand", max_budget: 1 });
    await call("POST", "/customer/new", { user_id: "by-hand", alias: "By hand", budget_id: ours });
    const { plan: made } = await apply(options("{}\n", "lookalike"));

    expect(made.actions).toEqual([]);
    expect(made.notes).toMatchObject([
      { kind: "budget", name: "small", message: expect.stringContaining("stays until nothing") },
    ]);
    const left = (await call("GET", "/budget/list")).json as { budget_id: string }[];
    expect(left.map(({ budget_id }) => budget_id)).toEqual(expect.arrayContaining([ours, "lookalike:by-hand"]));
    const customers = (await call("GET", "/customer/list")).json as Record<string, Json>[];
    expect(customers.find(({ user_id }) => user_id === "by-hand")).toMatchObject({ alias: "By hand", blocked: false });
  });

  test("no value is in what the command prints, in LiteLLM's log or in the project", async () => {
    const owner = "canary";
    const project = join(folder, owner);
    mkdirSync(join(project, "environments"), { recursive: true });
    writeFileSync(join(project, "some.keys.yaml"), only("agent", owner));
    writeFileSync(join(project, "environments", "e.yaml"), environmentFile(gateway.url, owner));
    let output = "";
    for (const args of [
      ["apply", "environments/e.yaml", "--format", "json"],
      ["plan", "environments/e.yaml"],
      ["rotate", "environments/e.yaml", `${owner}-agent`, "--now"],
    ]) {
      const child = runCli(project, "keys", ...args);
      child.stdout?.on("data", (part) => {
        output += String(part);
      });
      child.stderr?.on("data", (part) => {
        output += String(part);
      });
      await once(child, "close");
    }
    const value = readFileSync(join(project, `${owner}-agent`), "utf8").trim();

    expect(value).toMatch(/^sk-[\w-]{43}$/);
    for (const secret of [value, MASTER]) {
      expect(output).not.toContain(secret);
      expect(readFileSync(join(project, "environments", "e.yaml"), "utf8")).not.toContain(secret);
      expect(gateway.log()).not.toContain(secret);
    }
    expect(output).toContain("nothing to do");
  });
});

function shown({ what, seen }: ApiCall, { status, json }: { status: number; json: Json }): unknown {
  const isRead = status < 400 && seen !== undefined && json !== null;
  return { what, status, ...(isRead && { seen: seen(json as Record<string, Json>) }) };
}

/** A clock that jumps over waits. */
function impatient(): ReconcileOptions["clock"] {
  let ahead = 0;
  return {
    ...MACHINE_CLOCK,
    monotonic: () => performance.now() + ahead,
    wait: async (milliseconds) => {
      ahead += milliseconds;
    },
  };
}

/** A clock that waits shortly, and believes in the holder of a lock. */
function patient(): ReconcileOptions["clock"] {
  return { ...MACHINE_CLOCK, wait: () => MACHINE_CLOCK.wait(200) };
}

function environmentFile(url: string, owner: string): string {
  return `name: e
target: local
litellm: { config: { model_list: [{ model_name: mock-a, litellm_params: { model: openai/gpt-4o, api_key: none, mock_response: hello }, model_info: { id: a } }], general_settings: { master_key: os.environ/LITELLM_MASTER_KEY } } }
secrets: { LITELLM_MASTER_KEY: { env: MASTER } }
keys: { files: ../some.keys.yaml, owner: ${owner}, url: "${url}" }
`;
}

function runCli(project: string, ...args: string[]): ChildProcess {
  const command = join(__dirname, "..", "..", "..", "dist", "tools", "cli", "main.js");
  if (!existsSync(command)) throw new Error("the package is not compiled: npm run build");
  return spawn(process.execPath, [command, ...args], { cwd: project, env: { PATH: process.env.PATH, MASTER } });
}
