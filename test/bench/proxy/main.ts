import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type BenchBody, writeBodies } from "./bodies";
import { idleConnections } from "./idle";
import { closedLoop, type Measured, medianLatency, streams, uploadPeak } from "./load";
import { type Peer, stopPeers } from "./processes";
import { type Stand, startStand } from "./stand";
import { type Goal, goalTable, isMet, median, table } from "./table";
import { verificationsPerLookup } from "./tokens";

/** Least requests per second, as a part of nginx's. */
const REQUESTS = [0.38, 0.38, 0.85, 0.7, 0.45];
/** Most CPU time, in that of nginx with Lua. */
const CPU: readonly (number | undefined)[] = [1.7, 0.7, 0.17, 0.22];
const WARM_UP_SECONDS = 6;
const IDLE_CONNECTIONS = 10_000;
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
    for (const part of PARTS) if (asked.includes(part)) goals.push(...(await MEASURE[part](run)));
    await stand.issuer.stop();
  } finally {
    stopPeers();
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(`\n${goalTable(goals)}`);
  process.exitCode = goals.every(isMet) ? 0 : 1;
}

const MEASURE: Record<(typeof PARTS)[number], (run: Run) => Promise<Goal[]>> = {
  requests: measureRequests,
  latency: measureLatency,
  uploads: measureUploads,
  streams: measureStreams,
  idle: measureIdle,
  tokens: async () => [
    { what: "verifications that take as long as one look-up", value: await verificationsPerLookup(), kind: "least", bar: 20 },
  ],
};

async function measureRequests(run: Run): Promise<Goal[]> {
  const goals: Goal[] = [];
  const { peers } = run.stand;
  const [small] = run.bodies;
  // Node compiles what it runs often, and what is measured is how it runs for days.
  for (const peer of peers) if (small) await closedLoop(run.folder, peer, small, WARM_UP_SECONDS);
  for (const [index, body] of run.bodies.entries()) {
    const results = await inTurns(run, peers, (peer) => closedLoop(run.folder, peer, body, run.seconds));
    const plain = results.get("nginx");
    const rows = [...results].map(([name, { perSecond, cpuMicroseconds, failed }]) => {
      const part = plain ? (perSecond / plain.perSecond).toFixed(2) : "";
      return [name, perSecond.toFixed(0), part, cpuMicroseconds.toFixed(1), failed];
    });
    console.log(
      `\n${body.name}, ${body.connections} connections\n${table(["peer", "requests/s", "of nginx", "CPU µs", "failed"], rows)}`,
    );
    goals.push(...requestGoals(body.name, results, REQUESTS[index], CPU[index]));
  }
  return goals;
}

function requestGoals(name: string, results: ReadonlyMap<string, Measured>, least?: number, most?: number): Goal[] {
  const [proxy, plain, lua] = ["proxy", "nginx", "nginx-lua"].map((peer) => results.get(peer));
  if (!proxy || !plain || !lua) return [];
  const goals: Goal[] = [];
  if (least !== undefined)
    goals.push({ what: `${name}: requests/s, of nginx`, value: proxy.perSecond / plain.perSecond, kind: "least", bar: least });
  if (most !== undefined)
    goals.push({
      what: `${name}: CPU, of nginx with Lua`,
      value: proxy.cpuMicroseconds / lua.cpuMicroseconds,
      kind: "most",
      bar: most,
    });
  return goals;
}

async function measureLatency(run: Run): Promise<Goal[]> {
  const body = readFileSync(run.bodies[0]?.file ?? "");
  const { direct, peers } = run.stand;
  const measured = new Map<string, number[]>();
  for (let round = 0; round < run.rounds; round++) {
    for (const peer of [direct, ...peers]) {
      const latency = await medianLatency(peer, body, 500, run.seconds);
      measured.set(peer.name, [...(measured.get(peer.name) ?? []), latency]);
    }
  }
  const floor = median(measured.get("gateway") ?? []);
  const added = new Map([...measured].map(([name, list]) => [name, median(list) - floor]));
  console.log(
    `\n1 KB at 500/s, median\n${table(
      ["peer", "added µs"],
      [...added].map(([name, ms]) => [name, (ms * 1000).toFixed(0)]),
    )}`,
  );
  const value = (added.get("proxy") ?? Number.NaN) / (added.get("nginx") ?? Number.NaN);
  return [{ what: "1 KB at 500/s: added median, of nginx's", value, kind: "most", bar: 1.7 }];
}

async function measureUploads({ stand, bodies }: Run): Promise<Goal[]> {
  const body = readFileSync(bodies.at(-1)?.file ?? "");
  const rows: [string, string][] = [];
  let value = Number.NaN;
  for (const peer of stand.peers) {
    const peak = await uploadPeak(peer, body, 32);
    rows.push([peer.name, peak.toFixed(0)]);
    if (peer.name === "proxy") value = peak;
  }
  console.log(`\n32 uploads of 20 MB at once\n${table(["peer", "peak MB"], rows)}`);
  return [{ what: "32 uploads of 20 MB: peak MB", value, kind: "most", bar: 100 }];
}

async function measureStreams(run: Run): Promise<Goal[]> {
  const peers = run.stand.peers.filter(({ name }) => name !== "nginx-lua");
  const paced = await inTurns(run, peers, (peer) => streams(peer, 256, 50 * run.seconds, 20));
  const flood = await inTurns(run, peers, (peer) => streams(peer, 8, 50_000, 0));
  const rows = [...paced].map(([name, { cpuMicroseconds }]) => [
    name,
    cpuMicroseconds.toFixed(1),
    (flood.get(name)?.perSecond ?? 0).toFixed(0),
  ]);
  console.log(
    `\nstreams: 256 with an event every 20 ms; 8 as fast as they go\n${table(["peer", "CPU µs/event", "flood events/s"], rows)}`,
  );
  const of = (results: ReadonlyMap<string, Measured>, key: keyof Measured): number =>
    (results.get("proxy")?.[key] ?? Number.NaN) / (results.get("nginx")?.[key] ?? Number.NaN);
  return [
    { what: "streams: CPU for each event, of nginx", value: of(paced, "cpuMicroseconds"), kind: "most", bar: 1.9 },
    { what: "flood: events/s, of nginx", value: of(flood, "perSecond"), kind: "least", bar: 1.2 },
  ];
}

/** As many connections without a request as a busy office has: what they cost, and what a request beside them waits. */
async function measureIdle({ stand, bodies }: Run): Promise<Goal[]> {
  const body = readFileSync(bodies[0]?.file ?? "");
  const rows: (string | number)[][] = [];
  let served = 0;
  for (const peer of stand.peers.filter(({ name }) => name !== "nginx-lua")) {
    const { opened, kilobytes, milliseconds } = await idleConnections(peer, body, IDLE_CONNECTIONS);
    rows.push([peer.name, opened, kilobytes.toFixed(1), milliseconds.toFixed(1)]);
    if (peer.name === "proxy") served = opened;
  }
  console.log(`\n${IDLE_CONNECTIONS} idle connections\n${table(["peer", "open", "KB each", "ms of a request"], rows)}`);
  return [{ what: "idle connections beside which a request is served", value: served, kind: "least", bar: IDLE_CONNECTIONS }];
}

/** Each round measures all peers, every second one in the other order; the median of the rounds counts. */
async function inTurns(
  run: Run,
  peers: readonly Peer[],
  measure: (peer: Peer) => Promise<Measured>,
): Promise<Map<string, Measured>> {
  const all = new Map<string, Measured[]>(peers.map(({ name }) => [name, []]));
  for (let round = 0; round < run.rounds; round++) {
    for (const peer of round % 2 === 0 ? peers : [...peers].reverse()) all.get(peer.name)?.push(await measure(peer));
  }
  return new Map([...all].map(([name, list]) => [name, middle(list)]));
}

function middle(list: readonly Measured[]): Measured {
  const of = (key: keyof Measured): number => median(list.map((measured) => measured[key]));
  return {
    perSecond: of("perSecond"),
    cpuMicroseconds: of("cpuMicroseconds"),
    failed: list.reduce((sum, { failed }) => sum + failed, 0),
  };
}

void main();
