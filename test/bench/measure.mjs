import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const hook = fileURLToPath(new URL("report-memory.cjs", import.meta.url));
const RUNS = 9;

/** Runs `node ...args` nine times after a warm-up; medians of wall seconds and of the peak memory in MB. */
export function measure(args, options = {}) {
  once(args, options);
  const runs = Array.from({ length: RUNS }, () => once(args, options));
  return { seconds: median(runs.map((run) => run.seconds)), megabytes: median(runs.map((run) => run.megabytes)) };
}

function once(args, options) {
  const started = process.hrtime.bigint();
  const stdio = ["ignore", "pipe", "pipe", "pipe"];
  const result = spawnSync(process.execPath, ["--require", hook, ...args], { ...options, stdio, encoding: "utf8" });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  if (result.status !== 0)
    throw new Error(`node ${args.join(" ")} ended with ${result.status}: ${result.stdout}${result.stderr}`);
  return { seconds, megabytes: Number(result.output[3]) / 1024 };
}

function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}
