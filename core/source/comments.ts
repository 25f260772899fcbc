import type { Place } from "../findings";

/** What begins a comment that is meant for this toolkit. */
const ADDRESS = /^#\s*cdktf-litellm:\s*/;

/** What the lexer puts between tokens to mark documents and scalars; no part of the text. */
const MARKS = new Set(["\u0002", "\u0018", "\u001f"]);

/** A comment meant for this toolkit, on a line of its own. */
export interface Comment {
  readonly place: Place;
  /** What follows `# cdktf-litellm:`. */
  readonly text: string;
  /** The line that it is about: the next one that holds more than a comment. */
  readonly about: number;
}

/** The comments of a YAML text that begin with `# cdktf-litellm:`, in the order of the text. */
export function commentsIn(text: string, file: string): Comment[] {
  // Reading the text once more costs as much as a tenth of parsing it; hardly any file has such a comment.
  if (!text.includes("cdktf-litellm:")) return [];
  const lines = text.split("\n");
  return commentOffsets(text).flatMap((offset) => {
    const before = text.slice(0, offset).split("\n");
    const column = (before.at(-1) ?? "").length + 1;
    const line = before.length;
    const own = (lines[line - 1] ?? "").slice(column - 1).trimEnd();
    if (!ADDRESS.test(own) || (before.at(-1) ?? "").trim() !== "") return [];
    const next = lines.findIndex((other, index) => index >= line && !/^\s*(#.*)?$/.test(other));
    return [{ place: { file, line, column }, text: own.replace(ADDRESS, ""), about: next < 0 ? line : next + 1 }];
  });
}

/** Where comments begin: not every `#` does, texts hold them too. */
function commentOffsets(text: string): number[] {
  const offsets: number[] = [];
  let offset = 0;
  const { Lexer } = require("yaml") as typeof import("yaml");
  for (const token of new Lexer().lex(text)) {
    if (token.startsWith("#")) offsets.push(offset);
    if (!MARKS.has(token)) offset += token.length;
  }
  return offsets.filter((at) => ADDRESS.test(text.slice(at, at + 40)));
}
