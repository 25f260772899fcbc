import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type BenchBody, writeBodies } from "./bodies";
import { flood } from "./flood";
import { type Goal, goalTable, isMet, ofProxies, PROXIES } from "./goals";
import { idleConnections } from "./idle";
import { closedLoop, type Measured, medianLatencies, streams, uploadPeak } from "./load";
import { type Peer, stopPeers } from "./processes";
import { type Stand, startStand } from "./stand";
import { median, ratio, table } from "./table";
import { verificationsPerLookup } from "./tokens";

/** Least requests per second, as a part of nginx's. */
const REQUESTS = [0.38, 0.38, 0.85, 0.7, 0.45];
/** Most CPU time, in that of nginx with Lua. */
const CPU: readonly (number | undefined)[] = [1.7, 0.7, 0.17, 0.22];
const WARM_UP_SECONDS = 6;
/** Before each other size: bodies of other sizes take other ways. */
const WARM_UP_SIZE_SECONDS = 1;
const IDLE_CONNECTIONS = 10_000;
/** Parts that are about time. */
const WARM: readonly string[] = ["requests", "latency", "streams"];
const PARTS = ["requests", "latency", "uploads", "streams", "idle", "tokens"] as const;

interface Run {
  readonly stand: Stand;
  readonly folder: string;
  readonly bodies: readonly BenchBody[];
  readonly rounds: number;
  readonly seconds: number;
}

async function main(): Promise<void> {
  const [load = 0] = loadavg();
  console.log(
    `${new Date().toISOString().slice(0, 10)}, ${cpus()[0]?.model}, Node ${process.version}, load before: ${load.toFixed(2)}`,
  );
  const { values } = parseArgs({
    options: {
      rounds: { type: "string", default: "3" },
      seconds: { type: "string", default: "3" },
      only: { type: "string", default: PARTS.join(",") },
      proxy: { type: "string", default: "" },
      here: { type: "string", default: "" },
    },
  });
  const folder = mkdtempSync(join(tmpdir(), "bench-proxy-"));
  const goals: Goal[] = [];
  try {
    const stand = await startStand(folder, values.proxy, values.here);
    const run = { stand, folder, bodies: writeBodies(folder), rounds: Number(values.rounds), seconds: Number(values.seconds) };
    const asked = values.only.split(",");
    if (asked.some((part) => WARM.includes(part))) await warmUp(run);
    for (const part of PARTS) if (asked.includes(part)) goals.push(...(await MEASURE[part](run)));
    await stand.issuer.stop();
  } finally {
    stopPeers();
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(`\n${goalTable(goals)}`);
  process.exitCode = PROXIES.some((name) => goals.every((goal) => isMet(goal, name))) ? 0 : 1;
}

const MEASURE: Record<(typeof PARTS)[number], (run: Run) => Promise<Goal[]>> = {
  requests: measureRequests,
  latency: measureLatency,
  uploads: measureUploads,
  streams: measureStreams,
  idle: measureIdle,
  tokens: async () => {
    const value = await verificationsPerLookup();
    const what = "verifications that take as long as one look-up";
    return [{ what, values: ofProxies(() => value), kind: "least", bar: 20 }];
  },
};

/** Node compiles what it runs often, and what is measured is how it runs for days. */
async function warmUp(run: Run): Promise<void> {
  const [small] = run.bodies;
  if (small) await warmUpFor(run, small, WARM_UP_SECONDS);
}

async function warmUpFor({ stand, folder }: Run, body: BenchBody, seconds: number): Promise<void> {
  for (const peer of [...stand.peers, stand.luaWhole]) await closedLoop(folder, peer, body, seconds);
}

async function measureRequests(run: Run): Promise<Goal[]> {
  const goals: Goal[] = [];
  const peers = [...run.stand.peers, run.stand.luaWhole];
  for (const [index, body] of run.bodies.entries()) {
    if (index > 0) await warmUpFor(run, body, WARM_UP_SIZE_SECONDS);
    const results = await inTurns(run, peers, (peer) => closedLoop(run.folder, peer, body, run.seconds));
    const rows = [...results].map(([name, rounds]) => {
      const failed = rounds.reduce((sum, round) => sum + round.failed, 0);
      const part = between(results, "perSecond", name, "nginx").toFixed(2);
      return [name, middle(rounds, "perSecond").toFixed(0), part, middle(rounds, "cpuMicroseconds").toFixed(1), failed];
    });
    console.log(
      `\n${body.name}, ${body.connections} connections\n${table(["peer", "requests/s", "of nginx", "CPU µs", "failed"], rows)}`,
    );
    goals.push(...requestGoals(body.name, results, REQUESTS[index], CPU[index]));
  }
  return goals;
}

function requestGoals(name: string, results: Results, least?: number, most?: number): Goal[] {
  const goals: Goal[] = [];
  if (least !== undefined) {
    const values = ofProxies((proxy) => between(results, "perSecond", proxy, "nginx"));
    goals.push({ what: `${name}: requests/s, of nginx`, values, kind: "least", bar: least });
  }
  if (most !== undefined) {
    const values = ofProxies((proxy) => between(results, "cpuMicroseconds", proxy, "nginx-lua"));
    goals.push({ what: `${name}: CPU, of nginx with Lua`, values, kind: "most", bar: most });
  }
  const values = ofProxies((proxy) => between(results, "cpuMicroseconds", proxy, "nginx-lua-whole"));
  goals.push({ what: `${name}: CPU, of nginx with Lua that does the whole job`, values, kind: "most" });
  return goals;
}

async function measureLatency({ stand, bodies, rounds, seconds }: Run): Promise<Goal[]> {
  const body = readFileSync(bodies[0]?.file ?? "");
  const { direct, peers } = stand;
  const latencies = await medianLatencies([direct, ...peers], body, 500, rounds * seconds);
  const floor = latencies.get(direct.name) ?? Number.NaN;
  const added = (name: string): number => (latencies.get(name) ?? Number.NaN) - floor;
  const rows = peers.map(({ name }) => [name, (added(name) * 1000).toFixed(0)]);
  console.log(`\n1 KB at 500/s, median\n${table(["peer", "added µs"], rows)}`);
  const values = ofProxies((proxy) => ratio(added(proxy), added("nginx")));
  return [{ what: "1 KB at 500/s: added median, of nginx's", values, kind: "most", bar: 1.7 }];
}

async function measureUploads({ stand, bodies }: Run): Promise<Goal[]> {
  const body = readFileSync(bodies.at(-1)?.file ?? "");
  const peaks = new Map<string, number>();
  for (const peer of stand.peers) peaks.set(peer.name, await uploadPeak(peer, body, 32));
  const rows = [...peaks].map(([name, peak]) => [name, peak.toFixed(0)]);
  console.log(`\n32 uploads of 20 MB at once\n${table(["peer", "peak MB"], rows)}`);
  const values = ofProxies((proxy) => peaks.get(proxy) ?? Number.NaN);
  return [{ what: "32 uploads of 20 MB: peak MB", values, kind: "most", bar: 100 }];
}

async function measureStreams(run: Run): Promise<Goal[]> {
  const peers = run.stand.peers.filter(({ name }) => name !== "nginx-lua");
  const paced = await inTurns(run, peers, (peer) => streams(peer, 256, 50 * run.seconds, 20));
  const flooded = await inTurns(run, peers, (peer) => flood(peer, 8, 200_000 * run.seconds));
  const rows = peers.map(({ name }) => [
    name,
    middle(paced.get(name) ?? [], "cpuMicroseconds").toFixed(1),
    middle(flooded.get(name) ?? [], "perSecond").toFixed(0),
    middle(flooded.get(name) ?? [], "cpuMicroseconds").toFixed(2),
  ]);
  const head = ["peer", "CPU µs/event", "flood events/s", "flood CPU µs/event"];
  console.log(`\nstreams: 256 with an event every 20 ms; 8 as fast as they go\n${table(head, rows)}`);
  return [
    {
      what: "streams: CPU for each event, of nginx",
      values: ofProxies((proxy) => between(paced, "cpuMicroseconds", proxy, "nginx")),
      kind: "most",
      bar: 1.9,
    },
    {
      what: "flood: events/s, of nginx",
      values: ofProxies((proxy) => between(flooded, "perSecond", proxy, "nginx")),
      kind: "least",
      bar: 1.2,
    },
  ];
}

/** As many connections without a request as a busy office has: what they cost, and what a request beside them waits. */
async function measureIdle({ stand, bodies }: Run): Promise<Goal[]> {
  const body = readFileSync(bodies[0]?.file ?? "");
  const rows: (string | number)[][] = [];
  const served = new Map<string, number>();
  for (const peer of stand.peers.filter(({ name }) => name !== "nginx-lua")) {
    const { opened, kilobytes, milliseconds } = await idleConnections(peer, body, IDLE_CONNECTIONS);
    rows.push([peer.name, opened, kilobytes.toFixed(1), milliseconds.toFixed(1)]);
    served.set(peer.name, opened);
  }
  console.log(`\n${IDLE_CONNECTIONS} idle connections\n${table(["peer", "open", "KB each", "ms of a request"], rows)}`);
  const values = ofProxies((proxy) => served.get(proxy) ?? 0);
  return [{ what: "idle connections beside which a request is served", values, kind: "least", bar: IDLE_CONNECTIONS }];
}

/** What was measured of each peer, round by round. */
type Results = ReadonlyMap<string, readonly Measured[]>;

/** Each round measures all peers, every second one in the other order. */
async function inTurns(run: Run, peers: readonly Peer[], measure: (peer: Peer) => Promise<Measured>): Promise<Results> {
  const all = new Map<string, Measured[]>(peers.map(({ name }) => [name, []]));
  for (let round = 0; round < run.rounds; round++) {
    for (const peer of round % 2 === 0 ? peers : [...peers].reverse()) all.get(peer.name)?.push(await measure(peer));
  }
  return all;
}

function middle(rounds: readonly Measured[], figure: keyof Measured): number {
  return median(rounds.map((measured) => measured[figure]));
}

/** A figure of one peer in that of another: the median of the rounds' ratios, because a machine changes its speed from round to round. */
function between(results: Results, figure: keyof Measured, one: string, other: string): number {
  const others = results.get(other) ?? [];
  return median(
    (results.get(one) ?? []).map((measured, round) => ratio(measured[figure], others[round]?.[figure] ?? Number.NaN)),
  );
}

void main();
