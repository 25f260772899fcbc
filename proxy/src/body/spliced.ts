import type { InsertedText } from "./member-edits";

/** The first `end` bytes with texts put between them, without copying. Empty pieces are left out. */
export function spliced(bytes: Buffer, end: number, inserted: readonly InsertedText[]): Buffer[] {
  if (inserted.length === 0) return end === 0 ? [] : [end === bytes.length ? bytes : bytes.subarray(0, end)];
  const pieces: Buffer[] = [];
  let from = 0;
  for (const { at, text } of inserted) {
    pieces.push(bytes.subarray(from, at), Buffer.from(text));
    from = at;
  }
  pieces.push(bytes.subarray(from, end));
  return pieces.filter((piece) => piece.length > 0);
}
