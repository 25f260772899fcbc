/** Something that gathers what is to be written during a turn of the event loop. */
export interface Gathering {
  /** Writes what was gathered. */
  flush(): void;
}

let scheduled = false;
let hasLeft = false;
let gatherings: Gathering[] = [];
const calls: (() => void)[] = [];

/**
 * Has what was gathered written: at once where it is the first of this turn of the event loop, so that a lone request waits for
 * nothing; else at the end of the turn, together with that of all other requests.
 *
 * A system call for each request in between would cost more: it wakes the process at the other end again and again, and the code of
 * the system and that of the proxy drive each other out of the processor's caches.
 */
export function leaveThisTurn(gathering: Gathering): void {
  schedule();
  if (hasLeft) gatherings.push(gathering);
  else {
    hasLeft = true;
    gathering.flush();
  }
}

/** Calls back when all that was gathered in this turn has left: for what nobody waits for. */
export function afterThisTurn(call: () => void): void {
  schedule();
  calls.push(call);
}

/** Resolves when this turn has ended, and what was left to its end is done. */
export function endOfTurn(): Promise<void> {
  return new Promise((resolve) => afterThisTurn(resolve));
}

function schedule(): void {
  if (!scheduled) setImmediate(endTurn);
  scheduled = true;
}

function endTurn(): void {
  const leaving = gatherings;
  hasLeft = false;
  gatherings = [];
  try {
    for (const gathering of leaving) gathering.flush();
    while (calls.length > 0) for (const call of calls.splice(0)) call();
  } finally {
    scheduled = false;
    // What left meanwhile was the first of the next turn.
    if (hasLeft || calls.length > 0) schedule();
  }
}
