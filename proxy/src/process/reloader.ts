import { renderReport } from "../../../core/findings";
import type { LoadedSettings, LoadResult } from "../settings";
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

/** Takes new settings whenever it is asked to; requests to do so while it is at work become one more. */
export class Reloader {
  private running = false;
  private again = false;

  constructor(
    private readonly file: string,
    private readonly steps: ReloadSteps,
  ) {}

  /** To be called on every signal and change. */
  readonly request = (): void => {
    this.again = true;
    if (!this.running) void this.run();
  };

  private async run(): Promise<void> {
    this.running = true;
    while (this.again) {
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
    if (!loaded) {
      this.steps.reloaded("refused");
      this.steps.log(`new settings refused, the ones before stay in force:\n${report.trimEnd()}`);
      return;
    }
    try {
      await this.steps.take(loaded);
      this.steps.reloaded("taken");
      this.steps.log(`new settings in force${report === "" ? "" : `:\n${report.trimEnd()}`}`);
    } catch (error) {
      this.steps.reloaded("refused");
      this.steps.log(`new settings refused, the ones before stay in force: ${(error as Error).message}`);
    }
  }
}
