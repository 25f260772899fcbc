import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { AT_ONCE } from "../../../tools/keys/apply";
import { median, table } from "../proxy/table";
import type { Seen } from "./gateway";
import { MASTER, type Notation, writeProject } from "./project";

/** Seconds of the command's own CPU time and MB that a check or a plan of ten thousand keys may take. */
const LIMIT = { cpu: 2, memory: 300 };
/** Requests that a plan may send for each hundred keys. */
const REQUESTS = 1.5;
/** Requests at once of an apply: its changes, and now and then the sign of life of its lock. */
const PARALLEL = AT_ONCE + 1;
/** How much longer an apply may take than the gateway's answers take, with as many at once as are allowed. */
const OVER_THE_API = 1.25;

/** What one run of the command took. */
interface Took extends Seen {
  readonly wall: number;
  readonly cpu: number;
  readonly memory: number;
}

interface Bench {
  readonly cli: string;
  readonly hook: string;
  readonly folder: string;
  readonly gateway: ChildProcess;
  readonly runs: number;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      cli: { type: "string", default: "" },
      gateway: { type: "string", default: "" },
      hook: { type: "string", default: "" },
      keys: { type: "string", default: "10000" },
      latency: { type: "string", default: "20" },
      runs: { type: "string", default: "5" },
    },
  });
  const [count, latency] = [Number(values.keys), Number(values.latency)];
  const [load = 0] = loadavg();
  console.log(
    `${count} keys, a gateway that answers after ${latency} ms; ${cpus()[0]?.model}, Node ${process.version}, load before: ${load.toFixed(2)}\n`,
  );
  const folder = mkdtempSync(join(tmpdir(), "bench-keys-"));
  const gateway = fork(values.gateway, [values.latency]);
  try {
    const [url] = await once(gateway, "message");
    writeProject(folder, url, count);
    const bench: Bench = { cli: values.cli, hook: values.hook, folder, gateway, runs: Number(values.runs) };
    const rows = [
      ...(await planRows(bench, "first plan", 3, count)),
      await applyRow(bench, latency),
      ...(await planRows(bench, "second plan", 0, count)),
    ];
    const head = ["what", "wall", "CPU", "limit", "peak memory", "limit", "requests", "limit", "at once", "limit", "met"];
    console.log(
      table(
        head,
        rows.map(({ cells, met }) => [...cells, met ? "yes" : "NO"]),
      ),
    );
    process.exitCode = rows.every(({ met }) => met) ? 0 : 1;
  } finally {
    gateway.disconnect();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Row {
  readonly cells: readonly string[];
  readonly met: boolean;
}

/** A check and a plan of both notations; medians of several runs. */
async function planRows(bench: Bench, what: string, code: number, count: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (const notation of ["yaml", "json"] as const) {
    if (code !== 0) rows.push(checkRow(await medians(bench, ["check"], notation, 0), notation));
    const took = await medians(bench, ["keys", "plan"], notation, code);
    const requests = Math.ceil((count / 100) * REQUESTS);
    const met = isWithin(took) && took.requests <= requests;
    rows.push({ cells: [`${what}, ${notation}`, ...usage(took), `${took.requests}`, `${requests}`, `${took.atOnce}`, ""], met });
  }
  return rows;
}

function checkRow(took: Took, notation: Notation): Row {
  return { cells: [`check, ${notation}`, ...usage(took), "0", "", "", ""], met: isWithin(took) };
}

/** One run, because there is but one gateway without keys. It is held against the time that the gateway's answers take. */
async function applyRow(bench: Bench, latency: number): Promise<Row> {
  const { wall, cpu, memory, requests, atOnce } = await run(bench, ["keys", "apply"], "yaml", 0);
  const answers = (requests * latency) / AT_ONCE / 1000;
  const limit = answers * OVER_THE_API;
  const cells = [`apply, yaml (the answers take ${answers.toFixed(1)} s; limit ${limit.toFixed(1)} s)`, `${wall.toFixed(2)} s`];
  return {
    cells: [...cells, `${cpu.toFixed(2)} s`, "", `${memory.toFixed(0)} MB`, "", `${requests}`, "", `${atOnce}`, `${PARALLEL}`],
    met: wall <= limit && atOnce <= PARALLEL,
  };
}

function usage({ wall, cpu, memory }: Took): string[] {
  return [`${wall.toFixed(2)} s`, `${cpu.toFixed(2)} s`, `${LIMIT.cpu} s`, `${memory.toFixed(0)} MB`, `${LIMIT.memory} MB`];
}

function isWithin({ cpu, memory }: Took): boolean {
  return cpu <= LIMIT.cpu && memory <= LIMIT.memory;
}

async function medians(bench: Bench, command: readonly string[], notation: Notation, code: number): Promise<Took> {
  const took: Took[] = [];
  for (let number = 0; number < bench.runs; number += 1) took.push(await run(bench, command, notation, code));
  const of = (name: keyof Took): number => median(took.map((one) => one[name]));
  return { wall: of("wall"), cpu: of("cpu"), memory: of("memory"), requests: of("requests"), atOnce: of("atOnce") };
}

async function run(
  { cli, hook, folder, gateway }: Bench,
  command: readonly string[],
  notation: Notation,
  code: number,
): Promise<Took> {
  const started = performance.now();
  const child = spawn(process.execPath, ["--require", hook, cli, ...command, `environments/${notation}.yaml`], {
    cwd: folder,
    env: { PATH: process.env.PATH, MASTER },
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  let report = "";
  child.stdio[3]?.on("data", (part) => {
    report += String(part);
  });
  const [ended] = await once(child, "close");
  const wall = (performance.now() - started) / 1000;
  if (ended !== code) throw new Error(`${command.join(" ")} ended with ${ended}`);
  gateway.send("seen");
  const [seen] = (await once(gateway, "message")) as [Seen];
  const { cpu, memory } = JSON.parse(report);
  return { wall, cpu: cpu / 1e6, memory: memory / 1024, ...seen };
}

void main();
