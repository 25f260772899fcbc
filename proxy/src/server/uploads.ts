/** Counts large bodies that are on their way: each holds a connection to the gateway for as long as its client takes. */
export class Uploads {
  private count = 0;

  /** How many there are. */
  get active(): number {
    return this.count;
  }

  /** One more, unless there are `limit` already. The result ends it, once. */
  begin(limit: number): (() => void) | undefined {
    if (this.count >= limit) return undefined;
    this.count += 1;
    let over = false;
    return () => {
      if (!over) this.count -= 1;
      over = true;
    };
  }
}
