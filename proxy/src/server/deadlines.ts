/** Something that must happen again and again. */
export interface Deadline {
  /** When it last happened: written by the watch. */
  touchedAt: number;
  /** Milliseconds that may pass until it happens again. */
  readonly patience: number;
  /** It did not happen in time. */
  expire(): void;
}

/** How often time is looked at, in milliseconds. Limits are seconds, so that is exact enough. */
const SWEEP = 100;

/**
 * Watches many deadlines with one timer: setting and clearing one for each of thousands of small bodies in a second is dear.
 */
export class Deadlines {
  private readonly watched = new Set<Deadline>();
  private timer: NodeJS.Timeout | undefined;
  /** Counted in sweeps: while the process itself stands still, nobody is late. */
  private now = 0;

  /** Begins to watch. */
  add(deadline: Deadline): void {
    deadline.touchedAt = this.now;
    this.watched.add(deadline);
    this.timer ??= setInterval(() => this.sweep(), SWEEP).unref();
  }

  /** It has just happened. */
  touch(deadline: Deadline): void {
    deadline.touchedAt = this.now;
  }

  /** No longer watches. */
  delete(deadline: Deadline): void {
    this.watched.delete(deadline);
  }

  private sweep(): void {
    this.now += SWEEP;
    for (const deadline of this.watched) if (this.now - deadline.touchedAt > deadline.patience) this.expire(deadline);
    if (this.watched.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private expire(deadline: Deadline): void {
    this.watched.delete(deadline);
    deadline.expire();
  }
}
