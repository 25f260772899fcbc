/** Tells a person what takes long, step by step. Nothing of it is machine output. */
export interface Progress {
  /** Starts a step; nothing is final until `done` or `skip` is called. */
  step(title: string): Step;
}

export interface Step {
  /** A sign of life within a long step, such as "41 of 121 packages". */
  note(detail: string): void;
  done(detail?: string): void;
  /** The step was left out, and why. */
  skip(reason: string): void;
}

/** Progress as lines on `stream` (stderr), with the seconds that each step took. `now` is in milliseconds. */
export function lineProgress(stream: { write(text: string): unknown }, now: () => number): Progress {
  return {
    step(title) {
      const started = now();
      const line = (mark: string, detail: string): void => {
        stream.write(`  ${mark} ${title.padEnd(24)} ${detail}\n`);
      };
      return {
        note: (detail) => line("…", detail),
        done: (detail = "") => line("✔", `${((now() - started) / 1000).toFixed(1).padStart(5)} s   ${detail}`.trimEnd()),
        skip: (reason) => line("-", reason),
      };
    },
  };
}

/** Progress that nobody sees, for tests and machine output. */
export const SILENT: Progress = { step: () => ({ note: () => {}, done: () => {}, skip: () => {} }) };
