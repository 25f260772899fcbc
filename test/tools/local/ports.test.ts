import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { assertPortsFree, portHolder, portProblem } from "../../../tools/local/ports";
import { identify } from "../../../tools/local/supervisor/process-identity";

let now = 0;
const clock = {
  now: () => now,
  sleep: async (milliseconds: number) => {
    now += milliseconds;
  },
};

/** A program that listens, the leader of a group of its own as every part is. */
async function listeningPart() {
  const program = `require("net").createServer().listen(0, "127.0.0.1", function () { console.log(this.address().port) })`;
  const child = spawn(process.execPath, ["-e", program], { detached: true, stdio: ["ignore", "pipe", "inherit"] });
  const [port] = (await once(child.stdout, "data")) as [Buffer];
  const identity = identify(child.pid ?? 0);
  if (!identity) throw new Error("the program ended");
  return { port: Number(port), identity, end: () => child.kill("SIGKILL") };
}

let server: Server;
let port: number;

beforeAll(async () => {
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  port = typeof address === "object" && address ? address.port : 0;
});

afterAll(() => server.close());

describe("ports", () => {
  it("tells who listens", () => {
    if (process.platform !== "linux") return;
    expect(portHolder(port)).toMatchObject({ pid: process.pid });
  });

  it("names the setting of a port that is taken", async () => {
    const uses = [{ port, setting: "database.port" }] as const;
    await expect(assertPortsFree(uses, {}, clock)).rejects.toMatchObject({
      message: expect.stringMatching(`^port ${port} \\(database\\.port\\) is in use by `),
      repair: "set database.port to a free port, or end that program",
    });
  });

  it("accepts a port that a part of ours holds", async () => {
    const own = { name: "postgres", hash: "", after: [], startedAt: 0, wasReady: true, failures: 0, restarts: 0 };
    const part = await listeningPart();
    const records = { postgres: { ...own, port: part.port, stopSignal: "SIGINT", identity: part.identity } } as const;

    await expect(assertPortsFree([{ port: part.port, setting: "database.port" }], records, clock)).resolves.toBeUndefined();
    part.end();
  });

  it("refuses the same port twice", async () => {
    const uses = [{ port: 1, setting: "litellm.port" } as const, { port: 1, setting: "database.port" } as const];
    await expect(assertPortsFree(uses, {}, clock)).rejects.toThrow("litellm.port and database.port are both 1");
  });

  it("finds nothing wrong with a free port", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const address = other.address();
    await new Promise((resolve) => other.close(resolve));
    expect(await portProblem(typeof address === "object" && address ? address.port : 0)).toBeUndefined();
  });
});
