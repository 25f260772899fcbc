import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindAdapter } from "@prisma/driver-adapter-utils";
import { answerFor, batchAnswerFor, transactionAnswerFor } from "./answers";
import { type ConnectionSettings, openPool } from "./connection";
import { readModels } from "./models";
import { translate } from "./translate";

/** Prisma's WebAssembly engine, as `@prisma/query-engine-wasm` 5.17.0 declares it. Requests and answers are JSON text. */
interface WasmEngine {
  connect(trace: string): Promise<void>;
  disconnect(trace: string): Promise<void>;
  query(body: string, trace: string, transaction?: string): Promise<string>;
  startTransaction(options: string, trace: string): Promise<string>;
  commitTransaction(id: string, trace: string): Promise<string>;
  rollbackTransaction(id: string, trace: string): Promise<string>;
}

interface WasmModule {
  QueryEngine: new (options: object, log: (event: string) => void, adapter: object) => WasmEngine;
  __wbg_set_wasm(exports: object): void;
}

/** The part of the global that Node's type declarations of this version leave out. */
declare const WebAssembly: {
  instantiate(code: Uint8Array, imports: object): Promise<{ readonly instance: { readonly exports: object } }>;
};

/** A query, or several that fail or succeed together, as prisma-client-py sends them. */
export interface ClientRequest {
  readonly query?: string;
  readonly batch?: readonly { readonly query: string }[];
  readonly transaction?: boolean;
}

/** What the HTTP server needs of an engine. All answers are JSON text in the words of Prisma's engine binary. */
export interface Engine {
  query(request: ClientRequest, transaction: string | undefined): Promise<string>;
  startTransaction(options: string): Promise<string>;
  commitTransaction(id: string): Promise<string>;
  rollbackTransaction(id: string): Promise<string>;
  close(): Promise<void>;
}

/** No tracing. */
const TRACE = "{}";

/**
 * Starts Prisma's WebAssembly engine on a database.
 * @param schema text of the client's `schema.prisma`
 */
export async function startEngine(schema: string, settings: ConnectionSettings): Promise<Engine> {
  const models = readModels(schema);
  const pool = openPool(settings);
  const adapter = bindAdapter(new PrismaPg(pool, settings.schema === undefined ? undefined : { schema: settings.schema }));
  const { QueryEngine } = await loadWasm();
  const engine = new QueryEngine({ datamodel: schema, logLevel: "error", logQueries: false }, () => {}, adapter);
  await engine.connect(TRACE);
  const driverErrors = (id: number): unknown => adapter.errorRegistry.consumeError(id)?.error;

  const one = async (source: string, transaction: string | undefined): Promise<string> => {
    const translated = translate(source, models);
    return answerFor(await engine.query(translated.query, TRACE, transaction), translated, driverErrors);
  };
  const several = async ({ batch = [], transaction }: ClientRequest, outer: string | undefined): Promise<string> => {
    const queries = batch.map(({ query }) => translate(query, models));
    const body = `{"batch":[${queries.map(({ query }) => query).join(",")}]${transaction ? ',"transaction":{}' : ""}}`;
    return batchAnswerFor(await engine.query(body, TRACE, outer), queries, driverErrors);
  };
  return {
    query: (request, transaction) => (request.batch ? several(request, transaction) : one(request.query ?? "", transaction)),
    startTransaction: async (options) => transactionAnswerFor(await engine.startTransaction(options, TRACE), driverErrors),
    commitTransaction: async (id) => transactionAnswerFor(await engine.commitTransaction(id, TRACE), driverErrors),
    rollbackTransaction: async (id) => transactionAnswerFor(await engine.rollbackTransaction(id, TRACE), driverErrors),
    close: async () => {
      await engine.disconnect(TRACE);
      await pool.end();
    },
  };
}

/** The package is written for bundlers, which turn its import of a `.wasm` file into what happens here. */
async function loadWasm(): Promise<WasmModule> {
  const folder = join(dirname(require.resolve("@prisma/query-engine-wasm/package.json")), "postgresql");
  const glue: WasmModule = await import(pathToFileURL(join(folder, "query_engine_bg.js")).href);
  const code = await readFile(join(folder, "query_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(code, { "./query_engine_bg.js": { ...glue } });
  glue.__wbg_set_wasm(instance.exports);
  return glue;
}
