import type { Worker } from "node:cluster";
import type { Sample } from "../metrics";
import type { LoadedSettings } from "../settings";
import { ask, onEndAll, type Question, type WorkerState } from "./messages";
import { WorkerFigures } from "./worker-figures";

/** How long it takes until a worker that died is replaced, in milliseconds: one that dies at once must not keep the machine busy. */
const REPLACE_MS = 1000;
/** What a worker may need beyond `drainSeconds` to end, in milliseconds. */
const GRACE_MS = 2000;

/** What is outside of the workers. */
export interface Surroundings {
  fork(): Worker;
  /** Nobody can serve: the process ends with an error. */
  giveUp(): void;
  log(text: string): void;
}

/**
 * The processes that serve, and the settings they serve by. All get these from here, and none reads the file: one that follows upon
 * another serves as the others do, whatever has become of the file.
 */
export class Workers {
  private readonly running = new Set<Worker>();
  /** Those that have said why they cannot serve. */
  private readonly unable = new WeakSet<Worker>();
  private readonly figures = new WorkerFigures();
  private exchange: Promise<unknown> = Promise.resolve();
  private listening = false;
  private served = false;
  private stopping = false;
  private lastReason: string | undefined;

  constructor(
    private inForce: LoadedSettings,
    private readonly around: Surroundings,
  ) {}

  /** Starts as many as the settings say. */
  start(): void {
    for (let i = 0; i < this.inForce.settings.workers; i++) void this.begin();
  }

  /** Puts settings into force in all workers or in none. @throws Error with the reason of one that refuses them */
  async take(loaded: LoadedSettings): Promise<void> {
    const exchanged = this.handOut(loaded);
    this.exchange = exchanged.catch(() => undefined);
    await exchanged;
  }

  /** Why requests cannot be served now. `count`: how many workers there should be. */
  async notReady(count: number): Promise<string[]> {
    const states = await this.askAll({ kind: "state" });
    const answers = states.flatMap(([, state]) => state ?? []);
    return [
      ...(answers.length < count ? [`${answers.length} of ${count} workers answer`] : []),
      ...states.filter(([, state]) => !state).map(([worker]) => `worker ${worker.process.pid} does not answer`),
      ...new Set(answers.flatMap((state) => state.notReady)),
    ];
  }

  /** The figures of the workers: of those that do not answer what they have said last, and the counts of those that are gone. */
  async samples(): Promise<(readonly Sample[])[]> {
    await this.askAll({ kind: "state" });
    return this.figures.all();
  }

  /** Ends all; one that takes longer than it may is killed. */
  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all([...this.running].map((worker) => this.end(worker)));
  }

  private async begin(): Promise<void> {
    const worker = this.around.fork();
    this.running.add(worker);
    // One for each question that waits for its answer.
    worker.setMaxListeners(0);
    this.watch(worker);
    const state = await this.hand(worker, this.inForce);
    if (state?.refused !== undefined) this.cannotServe(worker, state.refused);
    else if (state) {
      this.served = true;
      this.lastReason = undefined;
    }
  }

  private watch(worker: Worker): void {
    worker.once("listening", () => {
      this.listening = true;
    });
    worker.once("exit", () => this.gone(worker));
    // What is sent to a worker that is gone: its exit follows. One that could not even be started has none.
    worker.on("error", () => {
      if (worker.process.pid === undefined) this.gone(worker);
    });
    onEndAll(worker, (why) => {
      this.around.log(why);
      this.around.giveUp();
    });
  }

  private gone(worker: Worker): void {
    this.running.delete(worker);
    this.figures.gone(worker);
    if (this.stopping) return;
    // The next one would fail in the same way.
    if (!this.listening) {
      if (!this.unable.has(worker)) this.around.log(`worker ${worker.process.pid} ended before it could serve`);
      this.around.giveUp();
      return;
    }
    if (!this.unable.has(worker)) this.around.log(`worker ${worker.process.pid} ended, another one follows`);
    setTimeout(() => void this.replace(), REPLACE_MS);
  }

  /** While new settings are handed out it is not certain by which ones the next worker shall serve. */
  private async replace(): Promise<void> {
    await this.exchange;
    if (!this.stopping) await this.begin();
  }

  private cannotServe(worker: Worker, reason: string): void {
    if (this.stopping) return;
    this.unable.add(worker);
    if (reason !== this.lastReason) this.around.log(this.served ? `a worker cannot serve and is tried again: ${reason}` : reason);
    this.lastReason = reason;
    if (this.served) worker.process.kill("SIGKILL");
    else this.around.giveUp();
  }

  private async handOut(loaded: LoadedSettings): Promise<void> {
    const refused = await this.handAll(loaded);
    if (refused !== undefined) {
      await this.handAll(this.inForce);
      throw new Error(refused);
    }
    this.inForce = loaded;
  }

  /** Undefined, or why not all have taken these. What nobody has tried is not known to work. */
  private async handAll(loaded: LoadedSettings): Promise<string | undefined> {
    const states = await Promise.all([...this.running].map((worker) => this.hand(worker, loaded)));
    if (states.every((state) => state === undefined)) return "no worker could try them, send SIGHUP when one serves";
    return states.find((state) => state?.refused !== undefined)?.refused;
  }

  /** One that says nothing must not go on by settings that others have no more. */
  private async hand(worker: Worker, loaded: LoadedSettings): Promise<WorkerState | undefined> {
    const state = await ask(worker, { kind: "take", loaded });
    if (!state && !this.stopping && this.running.has(worker)) this.kill(worker, "does not answer");
    return state;
  }

  private askAll(question: Question): Promise<[Worker, WorkerState | undefined][]> {
    return Promise.all(
      [...this.running].map(async (worker) => {
        const state = await ask(worker, question);
        if (state && this.running.has(worker)) this.figures.note(worker, state.samples);
        return [worker, state];
      }),
    );
  }

  private end(worker: Worker): Promise<void> {
    return new Promise((resolve) => {
      const late = (): void => this.kill(worker, "has not ended in time");
      const timer = setTimeout(late, this.inForce.settings.drainSeconds * 1000 + GRACE_MS);
      worker.once("exit", () => {
        clearTimeout(timer);
        resolve();
      });
      void ask(worker, { kind: "stop" });
    });
  }

  private kill(worker: Worker, why: string): void {
    this.around.log(`worker ${worker.process.pid} ${why}, it is killed`);
    worker.process.kill("SIGKILL");
  }
}
