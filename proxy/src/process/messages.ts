import type { Worker } from "node:cluster";
import type { Sample } from "../metrics";

/** What the primary process asks of a worker. */
export type Question = "state" | "reload" | "stop";

/** What a worker answers. */
export interface WorkerState {
  readonly notReady: readonly string[];
  readonly samples: readonly Sample[];
  /** Why a reload was refused. */
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

/** How long a worker may take to answer, in milliseconds. A reload fetches keys. */
const PATIENCE_MS = 10_000;

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
    const onMessage = (message: Reply): void => {
      if (message.number === number) done(message.state);
    };
    const onExit = (): void => done(undefined);
    const timer = setTimeout(onExit, PATIENCE_MS);
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
