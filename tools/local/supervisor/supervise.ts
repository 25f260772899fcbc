import { existsSync } from "node:fs";
import type { LocalFolders } from "../folders";
import { logFile, rotateLog } from "./log-file";
import { Reconciler, type World } from "./reconciler";
import { removeSupervisorFiles, writeHeartbeat } from "./supervisor-files";
import { readWanted, type Wanted } from "./wanted";

/** How a supervisor ends: `stop` ends the parts first, `standDown` leaves them to the next supervisor. */
export type Ending = "stop" | "standDown";

const HEARTBEAT_EVERY = 2000;
const STEP_EVERY = { settled: 2000, unsettled: 250 };

/** Keeps an environment as it is wanted until it is told to end. */
export class Supervision {
  private ending: Ending | undefined;
  private wakeUp: () => void = () => {};
  private awake = false;
  private wanted: Pick<Wanted, "parts"> = { parts: [] };
  private readonly world: World;

  constructor(
    private readonly folders: LocalFolders,
    world: Omit<World, "wake">,
    /** Whether this is still the one supervisor. */
    private readonly isInCharge: () => boolean,
  ) {
    this.world = { ...world, wake: () => this.wake() };
  }

  /** Looks again at once. */
  wake(): void {
    this.awake = true;
    this.wakeUp();
  }

  end(how: Ending): void {
    this.ending = how;
    this.wake();
  }

  /** Resolves when the supervisor may exit. */
  async run(): Promise<void> {
    const reconciler = new Reconciler(this.folders, this.world);
    this.beat();
    const heart = setInterval(() => this.beat(), HEARTBEAT_EVERY);
    try {
      while (!(await this.round(reconciler))) await this.pause(reconciler.isSettled(this.wanted) ? "settled" : "unsettled");
    } finally {
      clearInterval(heart);
    }
    if (this.ending === "stop") removeSupervisorFiles(this.folders.run);
  }

  /** One look at everything; true when nothing is left to do here. */
  private async round(reconciler: Reconciler): Promise<boolean> {
    // Without its folder nobody could ever reach this supervisor again.
    if (!existsSync(this.folders.run)) this.ending = "stop";
    else if (!this.isInCharge()) this.ending = "standDown";
    if (this.ending === "standDown") return true;
    if (this.ending === "stop") this.wanted = { parts: [] };
    else this.wanted = readWanted(this.folders.run) ?? this.wanted;
    await this.survive(() => reconciler.step(this.wanted));
    return this.ending === "stop" && reconciler.isIdle;
  }

  private beat(): void {
    void this.survive(async () => {
      if (existsSync(this.folders.run)) writeHeartbeat(this.folders.run, this.world.now());
      rotateLog(logFile(this.folders.logs, "supervisor"));
    });
  }

  /** A full disk must not end what supervises: it is tried again in the next round. */
  private async survive(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.world.log(error instanceof Error ? error.message : String(error));
    }
  }

  private async pause(kind: keyof typeof STEP_EVERY): Promise<void> {
    if (!this.awake) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, STEP_EVERY[kind]);
        this.wakeUp = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.awake = false;
  }
}
