import { isMap, LineCounter, parseAllDocuments } from "yaml";
import type { Place } from "../findings";
import { commentsIn } from "./comments";
import type { ParseResult } from "./parse";
import { documentsFinding, emptyFinding, syntaxFinding } from "./syntax-findings";
import { Refused, TreeBuilder } from "./tree-builder";

/** Parses with the whole of YAML: slower, and with a finding for everything that is wrong. */
export function parseYaml(text: string, file: string): ParseResult {
  const lineCounter = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter, version: "1.2", uniqueKeys: false, prettyErrors: false });
  const placeOf = (offset: number): Place => {
    const { line, col } = lineCounter.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const documents = Array.isArray(parsed) ? parsed : [];
  const [error] = documents.flatMap((document) => document.errors);
  // Of several mistakes, all but the first are mostly its echo.
  if (error) {
    // The parser names a bracket that stays open after what it finds at the end of it.
    const isOpen = error.code === "BAD_INDENT" && error.message.startsWith("Flow ");
    return { findings: [syntaxFinding(isOpen ? "OPEN_BRACKET" : error.code, placeOf(error.pos[0]))] };
  }
  if (documents.length > 1) return { findings: [documentsFinding(documents.length, placeOf(documents[1]?.range?.[0] ?? 0))] };
  const contents = documents[0]?.contents ?? null;
  if (!isMap(contents)) return { findings: [emptyFinding(contents, placeOf(contents?.range?.[0] ?? 0))] };
  try {
    const builder = new TreeBuilder(placeOf);
    const root = builder.map(contents, 0);
    return builder.findings.length > 0 ? { findings: builder.findings } : { root, comments: commentsIn(text, file) };
  } catch (error) {
    if (error instanceof Refused) return { findings: [error.finding] };
    throw error;
  }
}
