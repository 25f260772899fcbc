import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { connectionSettings } from "./connection";
import { startEngine } from "./engine";
import { ENGINE_VERSION, engineServer } from "./server";

/**
 * Stands in for Prisma's `query-engine` program: takes its arguments and environment, speaks its HTTP interface on 127.0.0.1,
 * and works with Prisma's WebAssembly engine. Ends on SIGINT and SIGTERM, and when the client that started it is gone.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    strict: false,
    options: { version: { type: "boolean" }, port: { type: "string", short: "p" } },
  });
  if (values.version) return void process.stdout.write(`query-engine ${ENGINE_VERSION}\n`);
  const schema = readFileSync(process.env.PRISMA_DML_PATH ?? "", "utf8");
  const engine = await startEngine(schema, connectionSettings(process.env));
  const server = engineServer(engine).listen(Number(values.port), "127.0.0.1");
  const stop = (): void => {
    setTimeout(() => process.exit(0), LAST_MILLISECONDS).unref();
    server.close();
    server.closeIdleConnections();
    void engine.close().finally(() => process.exit(0));
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  whenParentEnds(stop);
}

/** Time for running queries to end. */
const LAST_MILLISECONDS = 2000;
const PARENT_CHECK_MILLISECONDS = 1000;

/** A client that was killed cannot tell its engine to stop; the system then gives the engine another parent. */
function whenParentEnds(stop: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    stop();
  }, PARENT_CHECK_MILLISECONDS);
  timer.unref();
}

main().catch((error: unknown) => {
  process.stderr.write(`query engine: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
