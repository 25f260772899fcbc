import { renderReport } from "../../../core/findings";
import type { LoadedSettings, LoadResult } from "../settings";
import { leftForRestart, refuseWhatIsOpen, withWhatStays } from "./restart";
import { TOOL } from "./tool";

/** What a reload needs. */
export interface ReloadSteps {
  load(): LoadResult;
  /** Puts settings into force. Rejects when that cannot be done; the settings before stay in force. */
  take(loaded: LoadedSettings): Promise<void>;
  /** Counts. */
  reloaded(outcome: "taken" | "refused"): void;
  log(text: string): void;
}

/** Takes new settings whenever it is asked to; requests to do so while it is at work, or before it has begun, become one more. */
export class Reloader {
  private running = true;
  private again = false;
  private ended = false;
  private inForce: LoadedSettings;

  /** @param atStart the settings that the process has started with */
  constructor(
    private readonly file: string,
    private readonly atStart: LoadedSettings,
    private readonly steps: ReloadSteps,
  ) {
    this.inForce = atStart;
  }

  /** To be called on every signal and change. */
  readonly request = (): void => {
    this.again = true;
    if (!this.running) void this.run();
  };

  /** To be called when the settings of the start are in force. */
  begin(): void {
    void this.run();
  }

  /** From now on nothing is taken any more. */
  end(): void {
    this.ended = true;
  }

  private async run(): Promise<void> {
    this.running = true;
    while (this.again && !this.ended) {
      this.again = false;
      await this.reload();
    }
    this.running = false;
  }

  private async reload(): Promise<void> {
    const { loaded, findings } = this.steps.load();
    const report =
      findings.length === 0
        ? ""
        : renderReport({ tool: TOOL, files: [this.file], findings }, "compact", { rules: [], colour: false });
    const behind = report === "" ? "" : `:\n${report.trimEnd()}`;
    if (!loaded) {
      this.refused(behind);
      return;
    }
    try {
      refuseWhatIsOpen(this.inForce.settings, loaded.settings);
      await this.steps.take({ ...loaded, settings: withWhatStays(this.atStart.settings, loaded.settings) });
    } catch (error) {
      this.refused(`: ${(error as Error).message}`);
      return;
    }
    this.inForce = loaded;
    this.steps.reloaded("taken");
    this.steps.log(`new settings in force${this.exceptions(loaded)}${behind}`);
  }

  private refused(why: string): void {
    this.steps.reloaded("refused");
    this.steps.log(`new settings refused, the ones before stay in force${why}`);
  }

  private exceptions({ settings }: LoadedSettings): string {
    const names = leftForRestart(this.atStart.settings, settings);
    if (names.length === 0) return "";
    return `, but for ${names.join(", ")}: ${names.length === 1 ? "it needs" : "they need"} a restart`;
  }
}
