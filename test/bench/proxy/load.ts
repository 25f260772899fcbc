import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import type { BenchBody } from "./bodies";
import { cpuSeconds, type Peer, peakMegabytes, resetPeak } from "./processes";

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

/** Median milliseconds of one request, at a rate that every peer can carry. */
export async function medianLatency(peer: Peer, body: Buffer, perSecond: number, seconds: number): Promise<number> {
  const agent = new Agent({ keepAlive: true });
  const times: number[] = [];
  const pending: Promise<void>[] = [];
  const start = performance.now();
  for (let index = 0; index < perSecond * seconds; index++) {
    const due = start + (index * 1000) / perSecond;
    const wait = due - performance.now();
    if (wait > 1) await sleep(wait);
    pending.push(post(peer, body, agent).then(() => void times.push(performance.now() - due)));
  }
  await Promise.all(pending);
  agent.destroy();
  return times.sort((a, b) => a - b)[times.length >> 1] ?? 0;
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
