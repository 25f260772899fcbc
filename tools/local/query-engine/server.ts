import { createServer, type IncomingMessage, type Server } from "node:http";
import { text } from "node:stream/consumers";
import { ownError } from "./answers";
import { isFromProgram, isOfUser } from "./caller";
import type { Engine } from "./engine";

/** The commit of Prisma's engines that 5.17.0 consists of, which they give as their version. */
export const ENGINE_VERSION = "393aa359c9ad4a4bb28630fb5613f9c281cde053";

interface Reply {
  readonly status: number;
  readonly body: string;
}

/**
 * The HTTP interface of Prisma's engine binary (5.17.0, `query-engine/src/server`), as far as prisma-client-py uses it, for
 * programs of one user only: whoever talks to it reads and writes the whole database.
 *
 * @param user the user id whose programs may connect
 */
export function engineServer(engine: Engine, user: number = process.getuid?.() ?? 0): Server {
  const server = createServer((request, response) => {
    const answer = isFromProgram(request) ? reply(request, engine) : Promise.resolve(FORBIDDEN);
    answer
      .catch((error: unknown) => ({ status: 200, body: ownError(error) }))
      .then(({ status, body }) => {
        response.writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(body) });
        response.end(body);
      });
  });
  return server.on("connection", (socket) => {
    if (!isOfUser(socket, user)) socket.destroy();
  });
}

const FORBIDDEN: Reply = { status: 403, body: "{}" };

const METRICS = JSON.stringify({ counters: [], gauges: [], histograms: [] });
const SERVER_INFO = JSON.stringify({ commit: ENGINE_VERSION, version: "5.17.0", primaryConnector: "postgresql" });

async function reply(request: IncomingMessage, engine: Engine): Promise<Reply> {
  const path = request.url?.split("?")[0] ?? "/";
  const body = await text(request);
  if (path === "/") return ok(await engine.query(JSON.parse(body), transactionOf(request)));
  if (path === "/status") return ok('{"status":"ok"}');
  if (path === "/metrics") return ok(METRICS);
  if (path === "/server_info") return ok(SERVER_INFO);
  if (path === "/transaction/start") return transactionReply(await engine.startTransaction(JSON.stringify(JSON.parse(body))));
  const [, id, action] = /^\/transaction\/([^/]+)\/(commit|rollback)$/.exec(path) ?? [];
  if (id === undefined || !TRANSACTION_ID.test(id)) return { status: 404, body: "{}" };
  return transactionReply(await (action === "commit" ? engine.commitTransaction(id) : engine.rollbackTransaction(id)));
}

function ok(body: string): Reply {
  return { status: 200, body };
}

/** Ids are CUIDs. Prisma's engine gives up as a whole on anything else, as on options that are no JSON. */
const TRANSACTION_ID = /^[a-z0-9]{25}$/;

function transactionOf({ headers }: IncomingMessage): string | undefined {
  const id = headers["x-transaction-id"];
  if (id === undefined) return undefined;
  if (typeof id === "string" && TRANSACTION_ID.test(id)) return id;
  throw new Error("x-transaction-id is not the id of a transaction");
}

/** Status codes of the engine binary for transactions that cannot go on, by the words of the error. */
const FAILURES: readonly (readonly [RegExp, number])[] = [
  [/Unable to start a transaction in the given time/, 504],
  [/Transaction not found/, 404],
  [/Transaction already closed/, 422],
  [/Transaction already started/, 400],
];

/** An error is told by the status code: prisma-client-py takes any answer with 200 for success. */
function transactionReply(body: string): Reply {
  const { message }: { message?: string } = JSON.parse(body);
  if (message === undefined) return ok(body);
  return { status: FAILURES.find(([words]) => words.test(message))?.[1] ?? 500, body };
}
