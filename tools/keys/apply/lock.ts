import { GatewayError, LOCK_PREFIX, type LockRow, type LockRows } from "../gateway";
import type { Clock } from "./clock";

/** A lock whose holder has given no sign of life for that long is taken over. Milliseconds. */
export const LEASE = 30_000;
/** How often a holder gives one, and how often a waiting run looks. Milliseconds. */
const BEAT = 5_000;
/** How long it waits after others were quicker. Milliseconds. */
const RACE = 100;
/** How long a run waits for another one to end. Milliseconds. */
const PATIENCE = 15 * 60_000;

/** The right to change what an owner has in a gateway; one run has it at a time. */
export interface Lock {
  /** @throws GatewayError when it was lost: this run was paused for so long that another one took over */
  check(): void;
  release(): Promise<void>;
}

/**
 * Waits for the lock of `owner` and takes it.
 *
 * Locks are numbered rows, and the highest number is the lock. Whoever finds it released, or without a sign of life for a
 * lease, makes the next number, which the database lets only one of several do. Only numbers below a newer one are ever
 * removed, so an old view of the rows can never make a lock that counts. Clocks of two machines are never compared: each
 * waiting run times the holder's signs of life by its own clock.
 *
 * @param told hears once when another run has the lock
 * @throws GatewayError when another run does not end
 */
export async function takeLock(rows: LockRows, owner: string, clock: Clock, told: () => void): Promise<Lock> {
  const prefix = `${LOCK_PREFIX}${owner}:`;
  const deadline = clock.monotonic() + PATIENCE;
  const watch = new Watch(clock);
  for (;;) {
    const newest = newestOf(await rows.list(prefix), prefix);
    if (!newest || !watch.isAlive(newest)) {
      const lock = await makeNext(rows, prefix, numberAfter(newest, prefix), clock);
      if (lock) return lock;
    } else if (watch.isNew) told();
    if (clock.monotonic() > deadline) throw tooLong();
    await clock.wait(newest ? BEAT : RACE);
  }
}

function numberAfter(newest: LockRow | undefined, prefix: string): number {
  return newest ? numberOf(newest, prefix) + 1 : 1;
}

function tooLong(): GatewayError {
  const message = "another run has been changing the same keys for 15 minutes";
  return new GatewayError(message, "see what it does, and run this again when it has ended");
}

/** Times the signs of life of a lock's holder by the clock of whoever waits. */
class Watch {
  /** Whether the holder that was seen last has not been seen before. */
  isNew = false;
  private seen: { readonly id: string; readonly beat: number; readonly since: number } | undefined;

  constructor(private readonly clock: Clock) {}

  isAlive({ id, beat, held }: LockRow): boolean {
    if (!held) return false;
    const now = this.clock.monotonic();
    this.isNew = id !== this.seen?.id;
    if (this.isNew || beat !== this.seen?.beat) this.seen = { id, beat, since: now };
    return now - (this.seen?.since ?? now) < LEASE;
  }
}

async function makeNext(rows: LockRows, prefix: string, number: number, clock: Clock): Promise<Lock | undefined> {
  const id = `${prefix}${number}`;
  if (!(await rows.create(id))) return undefined;
  const all = await rows.list(prefix);
  if (newestOf(all, prefix)?.id !== id) {
    await rows.remove(id);
    return undefined;
  }
  await Promise.all(all.filter((row) => row.id !== id).map((row) => rows.remove(row.id)));
  return new HeldLock(rows, id, clock);
}

class HeldLock implements Lock {
  private beat = 0;
  private isLost = false;
  private readonly stopBeating: () => void;

  constructor(
    private readonly rows: LockRows,
    private readonly id: string,
    clock: Clock,
  ) {
    this.stopBeating = clock.every(BEAT, () => void this.giveSign());
  }

  check(): void {
    if (this.isLost) throw new GatewayError("another run took over, because this one gave no sign of life", "run it again");
  }

  async release(): Promise<void> {
    this.stopBeating();
    if (!this.isLost) await this.rows.write(this.id, { held: false, beat: this.beat + 1 });
  }

  private async giveSign(): Promise<void> {
    this.beat += 1;
    try {
      if (!(await this.rows.write(this.id, { held: true, beat: this.beat }))) this.isLost = true;
    } catch {
      // The gateway does not answer: the next step of the run will say so, or the next sign gets through.
    }
  }
}

function newestOf(rows: readonly LockRow[], prefix: string): LockRow | undefined {
  return rows.reduce<LockRow | undefined>(
    (best, row) => (best && numberOf(best, prefix) >= numberOf(row, prefix) ? best : row),
    undefined,
  );
}

function numberOf({ id }: LockRow, prefix: string): number {
  const text = id.slice(prefix.length);
  return /^\d{1,15}$/.test(text) ? Number(text) : 0;
}
