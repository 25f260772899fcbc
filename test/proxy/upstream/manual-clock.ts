import type { UpstreamClock } from "../../../proxy/src/upstream";

/** A clock that a test turns by hand. */
export class ManualClock implements UpstreamClock {
  private time = 0;
  private readonly calls = new Set<() => void>();

  now(): number {
    return this.time;
  }

  every(_: number, call: () => void): () => void {
    this.calls.add(call);
    return () => this.calls.delete(call);
  }

  /** Lets time pass. */
  pass(milliseconds: number): void {
    this.time += milliseconds;
    for (const call of this.calls) call();
  }
}
