import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { cacheFolder } from "../../../tools/local/folders";
import {
  type Cluster,
  databaseUrl,
  ensureDatabase,
  findPostgres,
  isAccepting,
  migrate,
  prepareCluster,
  removeCluster,
  serverProcess,
} from "../../../tools/local/postgres";
import { withClient } from "../../../tools/local/postgres/database";
import type { ProcessSpec } from "../../../tools/local/process-spec";
import { lineProgress } from "../../../tools/local/progress";
import { installLitellm, type LitellmInstallation } from "../../../tools/local/python";
import { prepareQueryEngine } from "../../../tools/local/query-engine";
import { runProgram } from "../../../tools/local/run-program";
import { all, describeReal, program } from "../support/real-part";

/** The first run downloads. */
jest.setTimeout(600_000);

const needs = all(
  program(process.env.CDKTF_LITELLM_PYTHON ?? "python3", ["-c", "import venv, ensurepip"]),
  program("npm", ["--version"]),
);

const password = "p'a ss@/:é";
const database = "lite llm";
const environment = process.env;
const cache = cacheFolder(environment);
const progress = lineProgress(process.stderr, () => performance.now());
const started: ChildProcess[] = [];
let project: string;

/** A folder that every user may enter, with a space and quotes in its name. */
function newProject(mode: number): string {
  const base = mkdtempSync(join(tmpdir(), "cdktf-litellm-"));
  const folder = join(base, `it's a "project"`);
  mkdirSync(folder);
  chmodSync(folder, mode);
  chmodSync(base, 0o755);
  return folder;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

function start({ command, args, cwd, env, runAs }: ProcessSpec, stdio: "ignore" | "pipe" = "ignore"): ChildProcess {
  const child = spawn(command, args, { cwd, env, stdio, uid: runAs?.uid, gid: runAs?.gid });
  started.push(child);
  return child;
}

function isAlive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await condition()); tries++) {
    if (tries === 150) throw new Error("not within 30 s");
    await setTimeout(200);
  }
}

interface Running {
  readonly port: number;
  readonly stop: (signal: NodeJS.Signals) => Promise<void>;
}

async function startServer(cluster: Cluster, chosen?: number): Promise<Running> {
  const port = chosen ?? (await freePort());
  const server = start(serverProcess(cluster, port));
  await until(() => isAccepting({ port, password }));
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    server.kill(signal);
    await once(server, "exit");
  };
  return { port, stop };
}

async function cluster(folder: string, choice: NodeJS.ProcessEnv = {}): Promise<Cluster> {
  const chosen = { ...environment, ...choice };
  const installation = await findPostgres({ cache, environment: chosen, progress });
  if ("problem" in installation) throw new Error(installation.problem);
  return prepareCluster({ installation, folder, password, progress, environment: chosen });
}

afterAll(() => {
  for (const child of started) child.kill("SIGKILL");
});

describeReal("LiteLLM's database client on a real PostgreSQL", needs, () => {
  let installation: LitellmInstallation;
  let port: number;
  let server: Running | undefined;
  let engine: string;

  /** All steps of a start, in order. */
  async function prepare(): Promise<{ applied: number; milliseconds: number }> {
    const before = performance.now();
    installation = await installLitellm({ version: "1.108.10", cache, environment, progress });
    const made = await cluster(join(project, ".local", "dev", "postgres"));
    server ??= await startServer(made);
    port = server.port;
    await ensureDatabase({ port, password, database });
    const { applied } = await migrate({ port, password, database, installation, progress });
    const run = join(project, ".local", "dev", "run");
    ({ binary: engine } = await prepareQueryEngine({ installation, run, environment, progress }));
    return { applied, milliseconds: performance.now() - before };
  }

  function clientEnvironment(): Record<string, string> {
    const url = `${databaseUrl({ port, password, database })}?connection_limit=5&pool_timeout=10`;
    return { PATH: environment.PATH ?? "", HOME: project, DATABASE_URL: url, PRISMA_QUERY_ENGINE_BINARY: engine };
  }

  beforeAll(async () => {
    project = newProject(0o755);
    await prepare();
  });

  afterAll(async () => {
    await server?.stop("SIGINT");
    rmSync(join(project, ".."), { recursive: true, force: true });
  });

  test("a second run finds everything there and takes less than three seconds", async () => {
    const { applied, milliseconds } = await prepare();

    expect(applied).toBe(0);
    expect(milliseconds).toBeLessThan(3000);
  });

  test("LiteLLM's role owns its database, and is no administrator of the server", async () => {
    const [role] = await withClient({ port, password, database }, async (client) => {
      return (await client.query("SELECT current_user AS name, rolsuper AS super FROM pg_roles WHERE rolname = current_user"))
        .rows;
    });

    expect(role).toEqual({ name: "litellm", super: false });
    const program = withClient({ port, password, database }, (client) => client.query("COPY (SELECT 1) TO PROGRAM 'cat'"));
    await expect(program).rejects.toThrow(/permission denied|must be superuser/);
  });

  test("the server takes the password and no other", async () => {
    expect(await isAccepting({ port, password })).toBe(true);
    expect(await isAccepting({ port, password: "another" })).toBe(false);
  });

  test("a migration that fails leaves nothing of itself, is named, and is tried again", async () => {
    const sitePackages = join(project, "site-packages");
    const write = (name: string, sql: string): void => {
      mkdirSync(join(sitePackages, "litellm_proxy_extras", "migrations", name), { recursive: true });
      writeFileSync(join(sitePackages, "litellm_proxy_extras", "migrations", name, "migration.sql"), sql);
    };
    const options = { port, password, database: "failing", installation: { ...installation, sitePackages }, progress };
    await ensureDatabase(options);
    write("1_good", "CREATE TABLE good ();");
    write("2_bad", "CREATE TABLE bad ();\nSELECT * FROM nowhere;");

    await expect(migrate(options)).rejects.toThrow('LiteLLM\'s migration 2_bad failed: relation "nowhere" does not exist');
    write("2_bad", "CREATE TABLE bad ();");
    expect(await Promise.all([migrate(options), migrate(options)])).toEqual(
      expect.arrayContaining([
        { applied: 1, total: 2 },
        { applied: 0, total: 2 },
      ]),
    );
  });

  test("LiteLLM's Python client creates, finds, filters, fails, commits and rolls back through the engine", async () => {
    const script = join(__dirname, "client.py");
    const { stdout, tail } = await runProgram(installation.python, [script], { environment: clientEnvironment(), cwd: project });

    expect({ result: stdout === "" ? tail : JSON.parse(stdout) }).toEqual({
      result: {
        json: true,
        big: true,
        text: true,
        raw: true,
        filter: true,
        unique: true,
        missing: true,
        sql: true,
        foreign: true,
        batch: true,
        rollback: true,
        commit: true,
      },
    });
  });

  test("the engine ends when its client is killed", async () => {
    const script = join(__dirname, "client.py");
    const client = start(
      { command: installation.python, args: [script, "wait"], cwd: project, env: clientEnvironment() },
      "pipe",
    );
    await once(client.stdout ?? client, "data");
    const { stdout: children } = await runProgram("pgrep", ["-P", String(client.pid)], { environment });
    const child = Number(children.trim());
    expect(isAlive(child)).toBe(true);

    client.kill("SIGKILL");

    await until(async () => !isAlive(child));
  });

  describe("over HTTP, as Prisma's own engine answers", () => {
    let url: string;

    beforeAll(async () => {
      const enginePort = await freePort();
      url = `http://127.0.0.1:${enginePort}`;
      const schema = join(installation.sitePackages, "prisma", "schema.prisma");
      start({
        command: engine,
        args: ["-p", String(enginePort)],
        cwd: project,
        env: { ...clientEnvironment(), PRISMA_DML_PATH: schema },
      });
      await until(() =>
        fetch(`${url}/status`).then(
          ({ ok }) => ok,
          () => false,
        ),
      );
    });

    async function post(path: string, body: object, transaction = ""): Promise<{ status: number; body: unknown }> {
      const headers: Record<string, string> = transaction === "" ? {} : { "x-transaction-id": transaction };
      const response = await fetch(`${url}${path}`, { method: "POST", body: JSON.stringify(body), headers });
      return { status: response.status, body: await response.json() };
    }

    const create = (id: string): object => ({
      query: `mutation { result: createOneLiteLLM_BudgetTable(data: { budget_id: "${id}", created_by: "a", updated_by: "a" }) { budget_id } }`,
    });
    const count = { query: `query { result: aggregateLiteLLM_BudgetTable(where: { budget_id: "tx" }) { _count { _all } } }` };

    test("a unique violation names its fields in the form that clients map to an error", async () => {
      await post("/", create("twice"));

      expect(await post("/", create("twice"))).toEqual({
        status: 200,
        body: {
          errors: [
            {
              error: expect.stringContaining("P2002"),
              user_facing_error: {
                is_panic: false,
                message: "Unique constraint failed on the fields: (`budget_id`)",
                meta: { target: ["budget_id"] },
                error_code: "P2002",
              },
            },
          ],
        },
      });
    });

    test("a transaction is seen by others after its commit, and cannot be committed twice", async () => {
      const { body } = await post("/transaction/start", { timeout: 5000, max_wait: 2000 });
      const { id } = body as { id: string };
      await post("/", create("tx"), id);

      expect(await post("/", count)).toMatchObject({ body: { data: { result: { _count: { _all: 0 } } } } });
      expect(await post(`/transaction/${id}/commit`, {})).toEqual({ status: 200, body: {} });
      expect(await post("/", count)).toMatchObject({ body: { data: { result: { _count: { _all: 1 } } } } });
      expect((await post(`/transaction/${id}/commit`, {})).status).toBe(422);
    });

    test("a transaction that was never started answers 404, and the engine goes on", async () => {
      expect((await post("/transaction/unknown/commit", {})).status).toBe(404);
      expect((await post("/transaction/cmwpy79ac000012kuqd7jl6j8/commit", {})).status).toBe(404);
      expect((await post("/", count)).status).toBe(200);
    });

    test("a transaction rolls back when its time is over, and its commit answers 422", async () => {
      const { body } = await post("/transaction/start", { timeout: 100, max_wait: 2000 });
      const { id } = body as { id: string };
      await post("/", create("late"), id);
      await setTimeout(300);

      expect(await post("/", count, id)).toMatchObject({ body: { errors: [{ user_facing_error: { error_code: "P2028" } }] } });
      expect((await post(`/transaction/${id}/commit`, {})).status).toBe(422);
      expect(await post("/", create("late"))).toMatchObject({ body: { data: { result: { budget_id: "late" } } } });
    });

    test("while the server is away each answer says so, and afterwards the engine goes on", async () => {
      const { body } = await post("/transaction/start", { timeout: 30_000, max_wait: 2000 });
      const { id } = body as { id: string };
      await server?.stop("SIGINT");

      expect(await post("/", count)).toMatchObject({ body: { errors: [{ user_facing_error: { error_code: "P1001" } }] } });
      const start = await post("/transaction/start", { timeout: 1000, max_wait: 1000 });
      expect(start).toMatchObject({ status: 500, body: { error_code: "P1001" } });
      expect(await post(`/transaction/${id}/commit`, {})).toMatchObject({ status: 500, body: { error_code: "P1001" } });
      server = await startServer(await cluster(join(project, ".local", "dev", "postgres")), port);
      expect(await post("/", count)).toMatchObject({ body: { data: { result: {} } } });
    });

    test("what is no GraphQL is an error, and the engine goes on", async () => {
      expect(await post("/", { query: "nonsense" })).toMatchObject({
        body: { errors: [{ error: expect.stringContaining("expected") }] },
      });
      expect((await fetch(`${url}/status`)).status).toBe(200);
    });
  });
});

describeReal("PostgreSQL", needs, () => {
  afterEach(async () => {
    await removeCluster(join(project, "postgres"));
    expect(existsSync(join(project, "postgres"))).toBe(false);
    rmSync(join(project, ".."), { recursive: true, force: true });
  });

  test("from npm keeps its data when it is killed, and starts again over its stale lock file", async () => {
    project = newProject(0o755);
    const made = await cluster(join(project, "postgres"), { CDKTF_LITELLM_POSTGRES: "embedded" });
    const first = await startServer(made);
    await ensureDatabase({ port: first.port, password, database });
    await first.stop("SIGKILL");

    const second = await startServer(await cluster(join(project, "postgres"), { CDKTF_LITELLM_POSTGRES: "embedded" }));
    await ensureDatabase({ port: second.port, password, database });
    await second.stop("SIGINT");
  });

  test("makes a cluster again whose making was killed, for its owner alone", async () => {
    project = newProject(0o755);
    mkdirSync(join(project, "postgres.draft"));
    writeFileSync(join(project, "postgres.draft", "PG_VERSION"), "15\n");

    const { data } = await cluster(join(project, "postgres"));

    expect(statSync(data).mode & 0o777).toBe(0o700);
    expect(existsSync(`${data}.password`)).toBe(false);
    await (await startServer(await cluster(join(project, "postgres")))).stop("SIGINT");
  });

  const asRoot = process.getuid?.() === 0 ? test : test.skip;
  asRoot("started by root in a folder that only root may enter, keeps its data elsewhere behind a link", async () => {
    project = newProject(0o700);

    const made = await cluster(join(project, "postgres"));
    await (await startServer(made)).stop("SIGINT");

    expect(lstatSync(join(project, "postgres")).isSymbolicLink()).toBe(true);
    await removeCluster(join(project, "postgres"));
    expect(existsSync(made.data)).toBe(false);
  });
});
