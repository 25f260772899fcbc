import type { Worker } from "node:cluster";
import { mergeSamples, type Sample } from "../metrics";

/**
 * The figures of all workers together. What is counted must never become less, or it would look as if it had been counted anew: so what
 * a worker has said last stands where it says nothing, and its counts when it is gone.
 */
export class WorkerFigures {
  private readonly last = new Map<Worker, readonly Sample[]>();
  private past: readonly Sample[] = [];

  /** What a worker has said. */
  note(worker: Worker, samples: readonly Sample[]): void {
    this.last.set(worker, samples);
  }

  /** A worker has ended. */
  gone(worker: Worker): void {
    const counts = (this.last.get(worker) ?? []).filter(({ type }) => type !== "gauge");
    this.past = mergeSamples([this.past, counts]);
    this.last.delete(worker);
  }

  /** A list for each worker, and one for those that are gone. */
  all(): (readonly Sample[])[] {
    return [this.past, ...this.last.values()];
  }
}
