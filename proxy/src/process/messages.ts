import type { Worker } from "node:cluster";
import type { Sample } from "../metrics";
import type { LoadedSettings } from "../settings";

/** What the primary process asks of a worker: how it is, to serve by these settings, to end. */
export type Question =
  | { readonly kind: "state" }
  | { readonly kind: "take"; readonly loaded: LoadedSettings }
  | { readonly kind: "stop" };

/** What a worker answers. */
export interface WorkerState {
  readonly notReady: readonly string[];
  readonly samples: readonly Sample[];
  /** Why settings were not taken. */
  readonly refused?: string;
}

interface Envelope {
  readonly number: number;
  readonly question: Question;
}

interface Reply {
  readonly number: number;
  readonly state: WorkerState;
}

/** What a worker says unasked: why no worker can serve any more. */
interface Ending {
  readonly ending: string;
}

/**
 * How long a worker may take to answer, in milliseconds. Kubernetes waits a second for the answer of a probe. Whoever takes settings
 * fetches keys, which can be twice two times 5 s where a start and a reload meet.
 */
export const PATIENCE_MS: Readonly<Record<Question["kind"], number>> = { state: 900, take: 30_000, stop: 900 };

let asked = 0;

/** Asks a worker; undefined when it does not answer in time or is gone. */
export function ask(worker: Worker, question: Question): Promise<WorkerState | undefined> {
  asked += 1;
  const number = asked;
  return new Promise((resolve) => {
    const done = (state: WorkerState | undefined): void => {
      clearTimeout(timer);
      worker.removeListener("message", onMessage);
      worker.removeListener("exit", onExit);
      resolve(state);
    };
    const onMessage = (message: Reply | Ending): void => {
      if ("number" in message && message.number === number) done(message.state);
    };
    const onExit = (): void => done(undefined);
    const timer = setTimeout(onExit, PATIENCE_MS[question.kind]);
    worker.on("message", onMessage);
    worker.once("exit", onExit);
    const envelope: Envelope = { number, question };
    worker.send(envelope, (error) => {
      if (error) done(undefined);
    });
  });
}

/** In a worker: answers what the primary process asks. */
export function answer(reply: (question: Question) => Promise<WorkerState>): void {
  process.on("message", async ({ number, question }: Envelope) => {
    const message: Reply = { number, state: await reply(question) };
    if (process.connected) process.send?.(message);
  });
}

/** In a worker: ends it, and all others with it. */
export function endAll(why: string): void {
  const message: Ending = { ending: why };
  process.send?.(message, () => process.exit(1));
}

/** In the primary process: calls back when a worker asks to end all. */
export function onEndAll(worker: Worker, callback: (why: string) => void): void {
  worker.on("message", (message: Reply | Ending) => {
    if ("ending" in message) callback(message.ending);
  });
}
