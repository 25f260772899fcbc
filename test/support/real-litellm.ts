import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cacheFolder, lineProgress, type Progress } from "../../tools/local";
import { litellmPart } from "../../tools/local/litellm-part";
import { installLitellm, type LitellmInstallation } from "../../tools/local/python";
import { prepareQueryEngine } from "../../tools/local/query-engine";
import { probePart } from "../../tools/local/supervisor/probe";
import type { WantedPart } from "../../tools/local/supervisor/wanted";
import { freePort } from "../tools/local/fake-kit";
import { type RealDatabase, startDatabase } from "./real-litellm-database";
import { type Forks, type ProxyProcess, spawnCommand, startForks } from "./real-litellm-forks";
import { eventually } from "./real-litellm-wait";

/** What a proxy runs with. */
export interface ProxyOptions {
  /** Names its folder. */
  readonly name: string;
  /** LiteLLM's rendered `config.yaml`. */
  readonly config: string;
  /** Plain variables of its environment. */
  readonly variables: Readonly<Record<string, string>>;
  /** Secret variables of its environment; `LITELLM_MASTER_KEY` is among them. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Whether it gets the database where there is one. */
  readonly database: boolean;
  /** Starts the `litellm` command itself, with an import of its own: slow. @default false */
  readonly alone?: boolean;
}

/** A LiteLLM that answers. */
export interface RealProxy {
  readonly url: string;
  /** All that it has written so far. */
  log(): string;
  stop(): Promise<void>;
}

/**
 * What makes a test quick, beside the local target's own variables (LiteLLM 1.108.10).
 *
 * - Rows of the log and events for webhooks are written after a second instead of ten and five (`litellm/constants.py`, read
 *   at import; LiteLLM adds up to 5 seconds to the first).
 * - The comparison of the database's tables with LiteLLM's is given up at once: it is for the log alone, takes several seconds
 *   and asks the network for a program (`litellm_proxy_extras/prisma_toolchain.py`).
 */
const QUICK = { PROXY_BATCH_WRITE_AT: "1", DEFAULT_FLUSH_INTERVAL_SECONDS: "1", LITELLM_PRISMA_COMMAND_TIMEOUT: "0.01" };

/** Seconds until a proxy answers on a busy machine. */
const PATIENCE = { fork: 90, alone: 180 };

/** LiteLLM as the local target installs and starts it, for one test file: everything lives in one temporary folder. */
export class RealLitellm {
  private constructor(
    private readonly folder: string,
    private readonly installation: LitellmInstallation,
    private readonly queryEngine: string,
    private readonly forks: Forks,
    private readonly progress: Progress,
    /** Absent where it is not wanted. */
    readonly database: RealDatabase | undefined,
  ) {}

  /**
   * Installs LiteLLM where it is not installed yet, starts a database with its tables, and imports LiteLLM.
   * @param version of LiteLLM
   */
  static async prepare(version: string, withDatabase: boolean): Promise<RealLitellm> {
    const folder = mkdtempSync(join(tmpdir(), "cdktf-litellm-proxies-"));
    const environment = process.env;
    const progress = lineProgress(process.stderr, Date.now);
    const cache = cacheFolder(environment);
    const installation = await installLitellm({ version, cache, environment, progress });
    const { binary } = await prepareQueryEngine({ installation, run: folder, environment, progress });
    const step = progress.step("LiteLLM's import");
    const { process: imported } = partOf(installation, folder, {}, 0, undefined);
    const forks = await startForks(installation.python, { ...imported.env, ...QUICK });
    step.done();
    const tables = { folder, cache, installation, environment, progress };
    const database = withDatabase ? await startDatabase(tables).catch(closing(forks)) : undefined;
    return new RealLitellm(folder, installation, binary, forks, progress, database);
  }

  /** Starts a proxy, and returns when it answers. */
  async start({ name, config, variables, secrets, database, alone = false }: ProxyOptions): Promise<RealProxy> {
    const place = join(this.folder, name);
    mkdirSync(place);
    writeFileSync(join(place, "config.yaml"), config);
    const connected = database ? this.database : undefined;
    const port = await freePort();
    const part = partOf(this.installation, place, variables, port, connected && this.queryEngine);
    const url = connected && { DATABASE_URL: connected.url };
    const log = join(place, "log");
    const spec = { ...part.process, env: { ...part.process.env, ...QUICK, ...secrets, ...url }, log };
    const step = this.progress.step(`proxy ${name}`);
    const proxy = alone ? spawnCommand(spec) : await this.forks.start(spec);
    try {
      await ready(part, proxy, alone ? PATIENCE.alone : PATIENCE.fork);
      step.done();
    } catch (error) {
      await proxy.stop();
      throw new Error(`${name}: ${(error as Error).message}\n${readFileSync(log, "utf8").slice(-3000)}`);
    }
    return { url: `http://127.0.0.1:${port}`, log: () => readFileSync(log, "utf8"), stop: () => proxy.stop() };
  }

  /** Ends everything, and removes the folder. */
  async close(): Promise<void> {
    await this.forks.close();
    await this.database?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A test that ends before it has begun must leave no process behind either. */
function closing(forks: Forks): (error: unknown) => Promise<never> {
  return async (error) => {
    await forks.close();
    throw error;
  };
}

/** The process that the local target would start. */
function partOf(
  { command, version }: LitellmInstallation,
  folder: string,
  variables: Readonly<Record<string, string>>,
  port: number,
  queryEngine: string | undefined,
): WantedPart {
  const gateway = {
    name: "test",
    litellmVersion: version,
    config: "",
    port,
    databasePort: 0,
    environmentVariables: variables,
    secrets: {},
  };
  const configFile = join(folder, "config.yaml");
  const files = { command, configFile, workFolder: folder, queryEngine };
  return litellmPart({ gateway, ...files, secrets: {}, secretValues: {}, environment: process.env, hashKey: "" });
}

async function ready({ probe }: WantedPart, proxy: ProxyProcess, seconds: number): Promise<void> {
  await eventually("LiteLLM answers", seconds, async () => {
    if (proxy.ended() !== undefined) throw new Error(`LiteLLM ended with code ${proxy.ended()}`);
    return (await probePart(probe)) || undefined;
  });
}
