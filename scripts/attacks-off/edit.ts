/** A change to one source of the proxy, made while it is compiled for a test: the file itself stays as it is. */
export interface Edit {
  /** Below `proxy/src`. */
  readonly file: string;
  /** Stands there exactly once. */
  readonly find: string;
  readonly put: string;
}

/** One defence that can be switched off. */
export interface Defence {
  /** The attack that must then succeed: the name of its file in `test/attacks`. */
  readonly vector: string;
  /** What is switched off, in few words. */
  readonly off: string;
  readonly edits: readonly Edit[];
  /** The front that the attack meets. @default node */
  readonly front?: "strict";
}

/** A defence that is switched off by its edits. */
export function defence(vector: string, off: string, ...edits: readonly Edit[]): Defence {
  return { vector, off, edits };
}

/** A defence of the strict front, or one that it needs too. */
export function strictDefence(vector: string, off: string, ...edits: readonly Edit[]): Defence {
  return { vector, off, edits, front: "strict" };
}
