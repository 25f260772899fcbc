import { request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { ClientRequest, Engine } from "../../../../tools/local/query-engine/engine";
import { engineServer } from "../../../../tools/local/query-engine/server";

const ID = "cmwpy79ac000012kuqd7jl6j8";
const asked: [ClientRequest, string | undefined][] = [];
let transactionAnswer: string;
let server: Server;
let url: string;

const engine: Engine = {
  query: async (request, transaction) => {
    asked.push([request, transaction]);
    if (request.query === "bad") throw new Error("expected query or mutation at character 0");
    return '{"data":{"result":1}}';
  },
  startTransaction: async () => transactionAnswer,
  commitTransaction: async () => transactionAnswer,
  rollbackTransaction: async () => transactionAnswer,
  close: async () => {},
};

beforeAll(async () => {
  server = engineServer(engine);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  asked.length = 0;
  transactionAnswer = "{}";
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function post(path: string, body: string, headers: Record<string, string> = {}): Promise<[number, unknown]> {
  const response = await fetch(`${url}${path}`, { method: "POST", body, headers });
  return [response.status, await response.json()];
}

test("the client finds an engine that is up", async () => {
  expect(await (await fetch(`${url}/status`)).json()).toEqual({ status: "ok" });
});

test("a query goes to the engine, within its transaction where it names one", async () => {
  expect(await post("/", '{"query":"a","variables":{}}', { "X-transaction-id": ID })).toEqual([200, { data: { result: 1 } }]);
  await post("/", '{"batch":[{"query":"b"}],"transaction":true}');

  expect(asked).toEqual([
    [{ query: "a", variables: {} }, ID],
    [{ batch: [{ query: "b" }], transaction: true }, undefined],
  ]);
});

test("what the engine cannot read is an error of the query, with status 200", async () => {
  expect(await post("/", '{"query":"bad"}')).toMatchObject([200, { errors: [{ user_facing_error: { error_code: "P2010" } }] }]);
});

test("an id that is none never reaches the engine, which would end", async () => {
  expect(await post("/", '{"query":"a"}', { "x-transaction-id": "short" })).toMatchObject([200, { errors: [{}] }]);
  expect(await post("/transaction/short/commit", "")).toEqual([404, {}]);
  expect(asked).toEqual([]);
});

test("a transaction is started, committed and rolled back", async () => {
  transactionAnswer = `{"id":"${ID}"}`;

  expect(await post("/transaction/start", '{"timeout":1,"max_wait":1}')).toEqual([200, { id: ID }]);
  expect((await post(`/transaction/${ID}/commit`, ""))[0]).toBe(200);
  expect((await post(`/transaction/${ID}/rollback`, ""))[0]).toBe(200);
});

test.each([
  ["Transaction API error: Unable to start a transaction in the given time.", 504],
  ["Transaction API error: Transaction not found.", 404],
  ["Transaction API error: Transaction already closed: expired.", 422],
  ["Transaction API error: Transaction already started", 400],
  ["something else", 500],
])("the failure %j has status %i", async (message, status) => {
  transactionAnswer = JSON.stringify({ is_panic: false, message, meta: {}, error_code: "P2028" });

  expect((await post(`/transaction/${ID}/commit`, ""))[0]).toBe(status);
});

test("a failure without a code is one too", async () => {
  transactionAnswer = JSON.stringify({ is_panic: false, message: "missing field `max_wait`", backtrace: null });

  expect((await post("/transaction/start", "{}"))[0]).toBe(500);
});

test("any other path is not found", async () => {
  expect((await post("/sdl", ""))[0]).toBe(404);
});

describe("only programs of one user get an answer", () => {
  test.each([
    ["a page in a browser", { Origin: "https://evil.example" }],
    ["a page that found our address under its own name", { Host: "evil.example" }],
  ])("fails for %s", async (_title, headers) => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      request(`${url}/`, { method: "POST", headers }, (response) => resolve(response.resume().statusCode))
        .on("error", reject)
        .end('{"query":"a"}');
    });

    expect(status).toBe(403);
    expect(asked).toEqual([]);
  });

  const linux = process.platform === "linux" ? test : test.skip;
  linux("fails for a program of another user, whose connection is closed", async () => {
    const own = process.getuid?.() ?? 0;
    const other = engineServer(engine, own + 1);
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as AddressInfo;

    await expect(fetch(`http://127.0.0.1:${port}/status`)).rejects.toThrow("fetch failed");
    other.close();
  });
});
