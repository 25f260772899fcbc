import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import type { Progress } from "../../tools/local";
import {
  databaseUrl,
  ensureDatabase,
  findPostgres,
  isAccepting,
  migrate,
  prepareCluster,
  removeCluster,
  serverProcess,
} from "../../tools/local/postgres";
import { type DatabaseAddress, withClient } from "../../tools/local/postgres/database";
import type { LitellmInstallation } from "../../tools/local/python";
import { freePort } from "../tools/local/fake-kit";
import { eventually } from "./real-litellm-wait";

/** A PostgreSQL with LiteLLM's tables, for one test file. */
export interface RealDatabase {
  /** Holds the password. */
  readonly url: string;
  rows(sql: string, values: readonly unknown[]): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

/** What `startDatabase` needs to know. */
export interface DatabaseOptions {
  /** Folder for the data, absolute. */
  readonly folder: string;
  readonly cache: string;
  readonly installation: LitellmInstallation;
  readonly environment: NodeJS.ProcessEnv;
  readonly progress: Progress;
}

/** Makes a cluster in `folder`, starts its server on a free port, and makes LiteLLM's tables. */
export async function startDatabase(options: DatabaseOptions): Promise<RealDatabase> {
  const { cache, environment, progress, installation } = options;
  const postgres = await findPostgres({ cache, environment, progress });
  if ("problem" in postgres) throw new Error(postgres.problem);
  const password = randomUUID();
  const folder = join(options.folder, "postgres");
  const cluster = await prepareCluster({ installation: postgres, folder, password, progress, environment });
  const port = await freePort();
  const { command, args, cwd, env, runAs } = serverProcess(cluster, port);
  // What is thrown away need not survive a power cut.
  const server = spawn(command, [...args, "-c", "fsync=off"], { cwd, env, stdio: "ignore", ...runAs });
  const address: DatabaseAddress = { port, password, database: "litellm" };
  const close = async (): Promise<void> => {
    await end(server);
    await removeCluster(folder);
  };
  try {
    await eventually("PostgreSQL answers", 30, async () => (await isAccepting(address)) || undefined);
    await ensureDatabase(address);
    await migrate({ ...address, installation, progress });
  } catch (error) {
    await close();
    throw error;
  }
  const rows: RealDatabase["rows"] = (sql, values) =>
    withClient(address, async (client) => (await client.query(sql, [...values])).rows);
  return { url: databaseUrl(address), rows, close };
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  server.kill("SIGINT");
  await once(server, "exit");
}
