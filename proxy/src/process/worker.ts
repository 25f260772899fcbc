import cluster from "node:cluster";
import { WholeLines } from "../audit";
import { IdentityProxy } from "../server";
import type { LoadedSettings } from "../settings";
import { onAuditLost } from "./audit-output";
import { SYSTEM_CLOCK } from "./clock";
import { answer, endAll, type Question, type WorkerState } from "./messages";

/**
 * One of several processes that serve the same ports. It takes its orders and its settings from the primary process alone: a signal
 * to the whole group must not end it before the primary has said so.
 */
export function serveWorker(): void {
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => undefined);
  // What is sent to a primary that is gone: the end of the channel follows, and with it the end of this process.
  cluster.worker?.on("error", () => undefined);
  onAuditLost(process.stdout, endAll);
  const service = new WorkerService();
  // Without the primary nobody could stop this process.
  process.once("disconnect", () => service.stop());
  answer((question) => service.answer(question));
}

class WorkerService {
  private proxy: IdentityProxy | undefined;
  private readonly lines = new WholeLines(process.stdout);
  private started = false;
  private stopping: Promise<void> | undefined;
  private taking: Promise<string | undefined> = Promise.resolve(undefined);

  async answer(question: Question): Promise<WorkerState> {
    if (question.kind === "stop") this.stop();
    if (question.kind !== "take") return this.state();
    // One after the other: new settings can arrive while the first ones still wait for keys.
    this.taking = this.taking.then(() => this.take(question.loaded));
    const refused = await this.taking;
    return { ...this.state(), ...(refused !== undefined && { refused }) };
  }

  stop(): void {
    this.stopping ??= this.end();
  }

  /** Without its connection to the primary the process ends at once, and what is not written by then is lost. */
  private async end(): Promise<void> {
    await this.proxy?.stop();
    await this.lines.written();
    process.disconnect?.();
  }

  private state(): WorkerState {
    const starting = this.started ? [] : ["a worker starts"];
    return { notReady: [...starting, ...(this.proxy?.notReady() ?? [])], samples: this.proxy?.samples() ?? [] };
  }

  /** Undefined, or why these settings are not in force. */
  private async take(loaded: LoadedSettings): Promise<string | undefined> {
    try {
      if (this.started) await this.proxy?.reload(loaded);
      else await this.start(loaded);
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  }

  private async start(loaded: LoadedSettings): Promise<void> {
    this.proxy = new IdentityProxy(loaded, this.lines, SYSTEM_CLOCK);
    await this.proxy.start();
    this.started = true;
  }
}
