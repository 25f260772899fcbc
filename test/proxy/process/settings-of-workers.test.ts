import type { Worker } from "node:cluster";
import { EventEmitter } from "node:events";
import type { Question } from "../../../proxy/src/process/messages";
import { Workers } from "../../../proxy/src/process/workers";
import { settingsFrom, settingsText } from "../support/settings";

/** What a worker answers to settings with this `drainSeconds`: nothing where it is mute. */
type Answers = (drainSeconds: number) => { refused?: string } | "nothing";

const loaded = (drainSeconds: number) =>
  settingsFrom(
    settingsText({
      upstream: "{ profile: litellm, version: 1.108.10, url: http://127.0.0.1:4000 }",
      identity: "{ oidc: { issuer: http://127.0.0.1:4001, audiences: [litellm] } }",
      more: `workers: 2\ndrainSeconds: ${drainSeconds}\n`,
    }),
  );

/** Workers that are no processes: their pids are 1, 2, 3 and so on. */
class Fakes {
  answers: Answers = () => ({});
  /** Pid and `drainSeconds`, as they were handed out. */
  readonly handed: [number, number][] = [];
  readonly log: string[] = [];
  givenUp = false;
  readonly workers: Worker[] = [];

  readonly fork = (): Worker => {
    const pid = this.workers.length + 1;
    const kill = (): void => void worker.emit("exit");
    const send = ({ number, question }: { number: number; question: Question }): void => {
      if (question.kind !== "take") return;
      this.handed.push([pid, question.loaded.settings.drainSeconds]);
      const state = this.answers(question.loaded.settings.drainSeconds);
      if (state !== "nothing") void Promise.resolve().then(() => worker.emit("message", { number, state }));
    };
    const worker: Worker = Object.assign(new EventEmitter(), { process: { pid, kill }, send }) as never;
    this.workers.push(worker);
    return worker;
  };

  start(listening = true): Workers {
    const workers = new Workers(loaded(1), {
      fork: this.fork,
      giveUp: () => {
        this.givenUp = true;
      },
      log: (text) => this.log.push(text),
    });
    workers.start();
    for (const worker of this.workers) if (listening) worker.emit("listening");
    return workers;
  }
}

describe("the settings of workers", () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());
  const begun = async (): Promise<[Fakes, Workers]> => {
    const fakes = new Fakes();
    const workers = fakes.start();
    await jest.advanceTimersByTimeAsync(0);
    return [fakes, workers];
  };

  it("are taken by all or by none", async () => {
    const [fakes, workers] = await begun();
    const answers = [{}, { refused: "the port is busy" }];
    fakes.answers = () => answers.shift() ?? {};
    await expect(workers.take(loaded(2))).rejects.toThrow("the port is busy");
    expect(fakes.handed.slice(2)).toEqual([
      [1, 2],
      [2, 2],
      [1, 1],
      [2, 1],
    ]);
  });

  it("reach a worker that follows upon one that does not answer", async () => {
    const [fakes, workers] = await begun();
    const answers: ReturnType<Answers>[] = ["nothing", {}];
    fakes.answers = () => answers.shift() ?? {};
    const taken = workers.take(loaded(2));
    await jest.advanceTimersByTimeAsync(31_000);
    await taken;
    expect(fakes.log).toEqual(["worker 1 does not answer, it is killed", "worker 1 ended, another one follows"]);
    expect(fakes.handed.at(-1)).toEqual([3, 2]);
  });

  it("are tried again by a worker that cannot serve, and each reason is told once", async () => {
    const [fakes] = await begun();
    const refused = ["the port is busy", "the port is busy", "no more files"];
    fakes.answers = () => ({ ...(refused[0] !== undefined && { refused: refused.shift() ?? "" }) });
    fakes.workers[0]?.emit("exit");
    await jest.advanceTimersByTimeAsync(5000);
    expect(fakes.workers).toHaveLength(6);
    expect(fakes.log).toEqual([
      "worker 1 ended, another one follows",
      "a worker cannot serve and is tried again: the port is busy",
      "a worker cannot serve and is tried again: no more files",
    ]);
  });

  it("are refused where no worker is there that could try them", async () => {
    const [fakes, workers] = await begun();
    for (const worker of fakes.workers) worker.emit("exit");
    await expect(workers.take(loaded(2))).rejects.toThrow("no worker could try them, send SIGHUP when one serves");
    await jest.advanceTimersByTimeAsync(5000);
    expect(fakes.handed.slice(2)).toEqual([
      [3, 1],
      [4, 1],
    ]);
  });

  it("end the program, with a reason, where the first worker dies before it serves", () => {
    const fakes = new Fakes();
    fakes.start(false);
    fakes.workers[0]?.emit("exit");
    expect([fakes.givenUp, fakes.log]).toEqual([true, ["worker 1 ended before it could serve"]]);
  });

  it("do not end the primary where a worker is gone that something was sent to", async () => {
    const [fakes] = await begun();
    expect(() => fakes.workers[0]?.emit("error", new Error("write EPIPE"))).not.toThrow();
    expect(() => fakes.workers[0]?.emit("error", new Error("write EPIPE"))).not.toThrow();
    expect(fakes.workers).toHaveLength(2);
  });

  it("end the program where nobody has ever served by them", async () => {
    const fakes = new Fakes();
    fakes.answers = () => ({ refused: "the port is busy" });
    fakes.start();
    await jest.advanceTimersByTimeAsync(0);
    expect([fakes.givenUp, fakes.log]).toEqual([true, ["the port is busy"]]);
  });
});
