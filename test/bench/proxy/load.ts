import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import type { BenchBody } from "./bodies";
import { cpuSeconds, type Peer, peakMegabytes, resetPeak } from "./processes";
import { median } from "./table";

const PATH = "/v1/chat/completions";

/** What one peer did with one kind of load. */
export interface Measured {
  readonly perSecond: number;
  /** Microseconds of CPU time of the peer, for each request or event. */
  readonly cpuMicroseconds: number;
  readonly failed: number;
}

const SCRIPT = `
local file = io.open(os.getenv("BODY"), "rb")
wrk.method = "POST"
wrk.body = file:read("*a")
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer " .. os.getenv("TOKEN")
function done(s) io.write(string.format("RESULT %d %d %d\\n", s.requests, s.duration, s.errors.status + s.errors.read + s.errors.timeout)) end
`;

/** As many requests as go, from wrk. The token goes through the environment, so that no process list shows it. */
export async function closedLoop(folder: string, peer: Peer, body: BenchBody, seconds: number): Promise<Measured> {
  const script = join(folder, "post.lua");
  writeFileSync(script, SCRIPT);
  const args = [
    "-t1",
    `-c${body.connections}`,
    `-d${seconds}s`,
    "--timeout",
    "30s",
    "-s",
    script,
    `http://127.0.0.1:${peer.port}${PATH}`,
  ];
  const before = cpuSeconds(peer.pid);
  const { stdout } = await promisify(execFile)("wrk", args, { env: { ...process.env, BODY: body.file, TOKEN: peer.token } });
  const used = cpuSeconds(peer.pid) - before;
  const [, count = 0, microseconds = 1, failed = 0] = (/RESULT (\d+) (\d+) (\d+)/.exec(stdout) ?? []).map(Number);
  return { perSecond: (count / microseconds) * 1e6, cpuMicroseconds: (used / Math.max(1, count)) * 1e6, failed };
}

/** Requests to one peer before it is the next one's turn. */
const SLICE = 100;

/**
 * Median milliseconds of one request to each peer, at a rate that every peer can carry. The peers take turns several times in a second,
 * so that whatever else the machine does meets all of them.
 */
export async function medianLatencies(
  peers: readonly Peer[],
  body: Buffer,
  perSecond: number,
  seconds: number,
): Promise<Map<string, number>> {
  const times = new Map<string, number[]>(peers.map(({ name }) => [name, []]));
  for (let slice = 0; slice < (perSecond * seconds) / SLICE; slice++) {
    for (const peer of peers) times.get(peer.name)?.push(...(await latencies(peer, body, perSecond)));
  }
  return new Map([...times].map(([name, list]) => [name, median(list)]));
}

async function latencies(peer: Peer, body: Buffer, perSecond: number): Promise<number[]> {
  // A connection that was idle since an earlier slice may be closed by the peer just as it is used.
  const agent = new Agent({ keepAlive: true });
  const times: number[] = [];
  const pending: Promise<void>[] = [];
  const start = performance.now();
  for (let index = 0; index < SLICE; index++) {
    const wait = start + (index * 1000) / perSecond - performance.now();
    if (wait >= 1) await sleep(wait);
    const sent = performance.now();
    pending.push(post(peer, body, agent).then(() => void times.push(performance.now() - sent)));
  }
  await Promise.all(pending);
  agent.destroy();
  return times;
}

/** Peak memory in MB while so many clients send a body at once. */
export async function uploadPeak(peer: Peer, body: Buffer, clients: number): Promise<number> {
  const agent = new Agent();
  await post(peer, body, agent);
  resetPeak(peer.pid);
  await Promise.all(Array.from({ length: clients }, () => post(peer, body, agent)));
  return peakMegabytes(peer.pid);
}

/** So many streams at once, each of so many events with a gap between them. */
export async function streams(peer: Peer, count: number, events: number, gapMs: number): Promise<Measured> {
  const agent = new Agent();
  const body = Buffer.from(`{"model":"gpt-4o","stream":true}`);
  const before = cpuSeconds(peer.pid);
  const start = performance.now();
  const sizes = await Promise.all(Array.from({ length: count }, () => post(peer, body, agent, `${events}x${gapMs}`)));
  const seconds = (performance.now() - start) / 1000;
  const used = cpuSeconds(peer.pid) - before;
  const total = count * events;
  const failed = sizes.filter((size) => size < events * 50).length;
  return { perSecond: total / seconds, cpuMicroseconds: (used / total) * 1e6, failed };
}

/** Bytes of the answer. @throws Error for any status but 200 */
function post(peer: Peer, body: Buffer, agent: Agent, stream?: string): Promise<number> {
  const headers = {
    "content-type": "application/json",
    "content-length": body.length,
    authorization: `Bearer ${peer.token}`,
    // The gateway of the bench takes its orders from a header that every peer lets through.
    ...(stream !== undefined && { "openai-beta": stream }),
  };
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: "127.0.0.1", port: peer.port, method: "POST", path: PATH, headers, agent }, (answer) => {
      let bytes = 0;
      answer.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
      });
      answer.on("end", () =>
        answer.statusCode === 200 ? resolve(bytes) : reject(new Error(`${peer.name}: status ${answer.statusCode}`)),
      );
      answer.on("error", (error) => reject(new Error(`${peer.name}: ${error.message}`)));
    });
    outgoing.on("error", (error) => reject(new Error(`${peer.name}: ${error.message}`)));
    outgoing.end(body);
  });
}
