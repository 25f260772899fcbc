/** Something that gathers what is to be written during a turn of the event loop. */
export interface Gathering {
  /** Writes what was gathered. */
  flush(): void;
}

let begun = false;
let gatherings: Gathering[] = [];

/**
 * Has what was gathered written: at once where it is the first of this turn of the event loop, so that a lone request waits for
 * nothing; else at the end of the turn, together with that of all other requests.
 *
 * A system call for each request in between would cost more: it wakes the process at the other end again and again, and the code of
 * the system and that of the proxy drive each other out of the processor's caches.
 */
export function leaveThisTurn(gathering: Gathering): void {
  if (begun) {
    gatherings.push(gathering);
    return;
  }
  begun = true;
  setImmediate(endTurn);
  gathering.flush();
}

function endTurn(): void {
  const leaving = gatherings;
  begun = false;
  gatherings = [];
  for (const gathering of leaving) gathering.flush();
}
