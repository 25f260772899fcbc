/** Time, so that a test can bring its own. */
export interface Clock {
  /** Milliseconds. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

export const REAL_CLOCK: Clock = {
  now: Date.now,
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/**
 * Asks `condition` until it gives something.
 * @param limit milliseconds
 * @param every milliseconds between two questions
 * @returns what it gave, or undefined when the time is up
 */
export async function until<T>(
  clock: Clock,
  limit: number,
  condition: () => Promise<T | undefined> | T | undefined,
  every = 50,
): Promise<T | undefined> {
  const end = clock.now() + limit;
  for (;;) {
    const result = await condition();
    if (result !== undefined || clock.now() >= end) return result;
    await clock.sleep(every);
  }
}
