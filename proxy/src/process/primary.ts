import cluster from "node:cluster";
import { mergeSamples, ProxyMetrics, prometheusText, type Sample } from "../metrics";
import type { LoadedSettings } from "../settings";
import type { Host } from "./host";
import { openOperationsPort } from "./operations-port";
import { Reloader } from "./reloader";
import { Workers } from "./workers";

/** Serves in several processes: this one starts and watches them, and speaks for them on the port for probes. */
export async function servePrimary(file: string, loaded: LoadedSettings, host: Host): Promise<void> {
  const { workers: count, operations } = loaded.settings;
  const log = (text: string): void => void host.stderr.write(`identity proxy: ${text}\n`);
  // Settings hold lists with nothing in some places, which JSON cannot tell.
  cluster.setupPrimary({ serialization: "advanced" });
  const workers = new Workers(loaded, { fork: () => cluster.fork(), giveUp: () => process.exit(1), log });
  const own = new ProxyMetrics();
  const server = await openOperationsPort(operations, {
    notReady: () => workers.notReady(count),
    metrics: async () => prometheusText(mergeSamples([reloadSamples(own), ...(await workers.samples())])),
  });
  workers.start();
  log(`${count} workers`);
  const reloader = new Reloader(file, loaded, {
    load: () => host.load(),
    take: (next) => workers.take(next),
    reloaded: (outcome) => own.reloaded(outcome),
    log,
  });
  reloader.begin();
  host.onReload(reloader.request);
  host.onStop(() => {
    reloader.end();
    log("ending: no new connections, requests in progress may end");
    void workers.stop().then(() => {
      server.close();
      server.closeAllConnections();
      log("ended");
    });
  });
}

/** Reloads are counted where they are asked for. */
function reloadSamples(metrics: ProxyMetrics): Sample[] {
  return metrics.samples(() => []).filter(({ name }) => name === "identity_proxy_reloads_total");
}
