import { IdentityProxy } from "../server";
import type { LoadedSettings, LoadResult } from "../settings";
import { SYSTEM_CLOCK } from "./clock";
import { answer, type WorkerState } from "./messages";

/**
 * One of several processes that serve the same ports. It takes its orders from the primary process alone: a signal to the whole
 * group must not end it before the primary has said so.
 */
export async function serveWorker(loaded: LoadedSettings, load: () => LoadResult): Promise<void> {
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => undefined);
  const proxy = new IdentityProxy(loaded, process.stdout, SYSTEM_CLOCK);
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopping ??= proxy.stop().then(() => process.disconnect?.());
    return stopping;
  };
  const state = (refused?: string): WorkerState => ({
    notReady: proxy.notReady(),
    samples: proxy.samples(),
    ...(refused !== undefined && { refused }),
  });
  // Without the primary nobody could stop this process.
  process.once("disconnect", () => void stop());
  answer(async (question) => {
    if (question === "stop") void stop();
    return question === "reload" ? state(await reload(proxy, load())) : state();
  });
  await proxy.start();
}

/** Undefined, or why the settings before stay in force. */
async function reload(proxy: IdentityProxy, { loaded }: LoadResult): Promise<string | undefined> {
  if (!loaded) return "the settings changed while they were read";
  try {
    await proxy.reload(loaded);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
