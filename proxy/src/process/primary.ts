import cluster, { type Worker } from "node:cluster";
import { mergeSamples, ProxyMetrics, prometheusText, type Sample } from "../metrics";
import { openOperations } from "../server";
import type { LoadedSettings } from "../settings";
import type { Host } from "./host";
import { ask, type WorkerState } from "./messages";
import { Reloader } from "./reloader";

/** How long it takes until a worker that died is replaced, in milliseconds: one that dies at once must not keep the machine busy. */
const REPLACE_MS = 1000;

/** Serves in several processes: this one starts and watches them, and speaks for them on the port for probes. */
export async function servePrimary(file: string, loaded: LoadedSettings, host: Host): Promise<void> {
  const { workers, operations } = loaded.settings;
  const log = (text: string): void => void host.stderr.write(`identity proxy: ${text}\n`);
  const own = new ProxyMetrics();
  const server = await openOperations(operations.address, operations.port, {
    notReady: async () => notReady(await askAll("state"), workers),
    metrics: async () =>
      prometheusText(mergeSamples([reloadSamples(own), ...(await askAll("state")).map(({ samples }) => samples)])),
  });
  let stopping = false;
  let listening = false;
  cluster.on("listening", () => {
    listening = true;
  });
  cluster.on("exit", (worker) => {
    if (stopping) return;
    // The first ones have said why, and the next would fail in the same way.
    if (!listening) process.exit(1);
    log(`worker ${worker.process.pid} ended, another one follows`);
    setTimeout(() => {
      if (!stopping) cluster.fork();
    }, REPLACE_MS);
  });
  for (let i = 0; i < workers; i++) cluster.fork();
  log(`${workers} workers`);
  const reloader = new Reloader(file, {
    load: () => host.load(),
    take: async () => {
      const refused = (await askAll("reload")).find((state) => state.refused !== undefined);
      if (refused) throw new Error(refused.refused);
    },
    reloaded: (outcome) => own.reloaded(outcome),
    log,
  });
  host.onReload(reloader.request);
  host.onStop(() => {
    stopping = true;
    log("ending: no new connections, requests in progress may end");
    void Promise.all(alive().map(ended)).then(() => {
      server.close();
      server.closeAllConnections();
      log("ended");
    });
  });
}

function alive(): Worker[] {
  return Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
}

async function askAll(question: "state" | "reload"): Promise<WorkerState[]> {
  const states = await Promise.all(alive().map((worker) => ask(worker, question)));
  return states.filter((state) => state !== undefined);
}

function ended(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    worker.once("exit", () => resolve());
    void ask(worker, "stop");
  });
}

function notReady(states: readonly WorkerState[], workers: number): string[] {
  const missing = states.length < workers ? [`${states.length} of ${workers} workers answer`] : [];
  return [...missing, ...new Set(states.flatMap((state) => state.notReady))];
}

/** Reloads are counted where they are asked for. */
function reloadSamples(metrics: ProxyMetrics): Sample[] {
  return metrics.samples(() => []).filter(({ name }) => name === "identity_proxy_reloads_total");
}
