import { prometheusText } from "../metrics";
import { IdentityProxy } from "../server";
import type { LoadedSettings } from "../settings";
import { SYSTEM_CLOCK } from "./clock";
import type { Host } from "./host";
import { openOperationsPort } from "./operations-port";
import { Reloader } from "./reloader";

/** Serves in this process until it is told to stop. @throws Error when a port cannot be opened */
export async function serveSingle(file: string, loaded: LoadedSettings, host: Host): Promise<void> {
  const log = (text: string): void => void host.stderr.write(`identity proxy: ${text}\n`);
  const proxy = new IdentityProxy(loaded, host.stdout, SYSTEM_CLOCK);
  const operations = await openOperationsPort(loaded.settings.operations, {
    notReady: () => proxy.notReady(),
    metrics: () => prometheusText(proxy.samples()),
  });
  const reloader = new Reloader(file, loaded, {
    load: () => host.load(),
    take: (next) => proxy.reload(next),
    reloaded: (outcome) => proxy.metrics.reloaded(outcome),
    log,
  });
  host.onReload(reloader.request);
  let ending = false;
  host.onStop(() => {
    ending = true;
    reloader.end();
    log("ending: no new connections, requests in progress may end");
    void proxy.stop().then(() => {
      operations.close();
      operations.closeAllConnections();
      log("ended");
    });
  });
  await proxy.start();
  if (ending) return;
  for (const { name, address: at } of loaded.settings.listeners) log(`listener ${name} on ${at} port ${proxy.port(name)}`);
  reloader.begin();
}
