import { isSeq } from "yaml";
import { type Finding, found, type Place } from "../findings";
import { SOURCE_RULES } from "./rules";

/** What the parser's codes and ours mean in a user's words. The parser's own sentences quote the text, which may be a secret. */
const SYNTAX: Readonly<Record<string, { message: string; repair?: string }>> = {
  TAB_AS_INDENT: { message: "a tab stands where YAML wants spaces", repair: "indent with spaces" },
  BAD_INDENT: { message: "the indentation does not fit the lines around it", repair: "align the line with its neighbours" },
  OPEN_BRACKET: { message: "a bracket or brace that was opened before is not closed here", repair: "close it with ] or }" },
  MISSING_CHAR: { message: "a quote or bracket is not closed, or a colon is missing" },
  BLOCK_AS_IMPLICIT_KEY: {
    message: "two `name: value` stand on one line",
    repair: "put each on a line of its own, or quote the value",
  },
  MULTILINE_IMPLICIT_KEY: { message: "a name runs over several lines", repair: "end it with a colon, or quote it" },
  UNEXPECTED_TOKEN: {
    message: "something stands here that does not belong",
    repair: "quote the value, or remove what is too much",
  },
  BAD_ALIAS: { message: "an alias is not complete", repair: "quote the value where the star is meant as text" },
  BAD_SCALAR_START: { message: "a text may not start with this character", repair: "put it in quotes" },
  BAD_DQ_ESCAPE: { message: "this escape does not exist in double quotes", repair: "double the backslash, or use single quotes" },
  TAG_RESOLVE_FAILED: { message: "this tag cannot be used", repair: "remove the tag" },
  ALIAS: { message: "an alias names no anchor that stands before it", repair: "quote the value where the star is meant as text" },
  MERGE: { message: "a merge key takes a mapping, or a list of mappings" },
  KEY: { message: "the name of a value is text, not a list or a mapping" },
  PROTO: { message: "a value may not be named __proto__", repair: "choose another name" },
};

/** A mistake in the text, by the parser's code or one of ours. */
export function syntaxFinding(code: string, place: Place): Finding {
  const { message, repair } = SYNTAX[code] ?? { message: "the text cannot be understood from here on" };
  return found(SOURCE_RULES.syntax, { place, message: `not YAML: ${message}`, repair: repair ?? SOURCE_RULES.syntax.repair });
}

/** A name that its mapping has already. */
export function duplicateFinding(place: Place): Finding {
  const message = "this name stands twice in the same mapping";
  return found(SOURCE_RULES.duplicate, { place, message, repair: SOURCE_RULES.duplicate.repair });
}

/** A tag that only some other program understands. */
export function tagFinding(place: Place): Finding {
  return found(SOURCE_RULES.tag, {
    place,
    message: "a tag that YAML itself does not know stands here",
    repair: SOURCE_RULES.tag.repair,
  });
}

/** A number that would not be kept as it was written. */
export function numberFinding(text: string, value: number, place: Place): Finding {
  const message = Number.isFinite(value) ? "this number is too large to be kept exactly" : "this is not a finite number";
  const digits = text.replace(/\D/g, "").length;
  return found(SOURCE_RULES.number, {
    place,
    message,
    // It may be a password: not even its digits are shown.
    got: digits > 0 ? `a number of ${digits} digits` : text,
    expected: "a whole number up to 2^53, or a finite one",
    repair: SOURCE_RULES.number.repair,
  });
}

/** A second document, which readers treat differently. */
export function documentsFinding(count: number, place: Place): Finding {
  return found(SOURCE_RULES.documents, {
    place,
    message: "a second YAML document starts here",
    got: `${count} documents`,
    expected: "one document",
    repair: SOURCE_RULES.documents.repair,
  });
}

/** A text without a mapping at its root. */
export function emptyFinding(contents: unknown, place: Place): Finding {
  const got = contents === null ? "nothing" : isSeq(contents) ? "a list" : "a single value";
  return found(SOURCE_RULES.empty, {
    place,
    message: "the file holds no mapping",
    got,
    expected: "`name: value` lines",
    repair: SOURCE_RULES.empty.repair,
  });
}
