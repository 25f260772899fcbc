import type { Progress } from "../progress";
import { forPython, type LitellmInstallation } from "../python";
import { generateClient } from "./generate";
import { findPrismaBinary } from "./prisma-binary";
import { writeWrapper } from "./wrapper";

/** What `prepareQueryEngine` needs to know. */
export interface QueryEngineOptions {
  readonly installation: LitellmInstallation;
  /** `.local/<name>/run`, absolute. */
  readonly run: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly progress: Progress;
}

/** The engine for `PRISMA_QUERY_ENGINE_BINARY`: Prisma's own program, or ours around Prisma's WebAssembly engine. */
export interface QueryEngine {
  readonly binary: string;
  readonly kind: "prisma" | "wasm";
}

/**
 * Makes Prisma's Python client usable: generates it once per installation, and finds or writes its engine. Prisma's own engine
 * is used where it is present; it is never downloaded.
 * @throws LocalError when the generator fails, the named engine does not run, or this package is not compiled
 */
export async function prepareQueryEngine(options: QueryEngineOptions): Promise<QueryEngine> {
  const { installation, run, progress } = options;
  const environment = forPython(options.environment);
  const step = progress.step("database client");
  const generated = await generateClient(installation, environment, step);
  const found = await findPrismaBinary(environment);
  const engine: QueryEngine =
    found === undefined ? { binary: writeWrapper(run), kind: "wasm" } : { binary: found, kind: "prisma" };
  step.done(`${generated ? "generated" : "there"}, ${engine.kind === "wasm" ? "WebAssembly engine" : "Prisma's engine"}`);
  return engine;
}
