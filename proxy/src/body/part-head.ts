import { BodyProblem } from "./problem";

/** Which field a part of a form is. */
export interface PartHead {
  readonly name: string;
  readonly isFile: boolean;
}

const TOKEN = "[!#$&'*+.^_`|~0-9A-Za-z-]+";
/** Names without escapes: readers do not agree on `\"` and `%22`, and no field that is needed has one. */
const NAME = `name=(?:"([^"\\\\%]*)"|(${TOKEN}))`;
const FILE_NAME = `filename(?:="[^"\\\\]*"|\\*?=[%!#$&'*+.^_\`|~0-9A-Za-z-]+)`;
const DISPOSITION = new RegExp(`^form-data *; *${NAME}((?: *; *${FILE_NAME}){0,2})$`, "i");
const LINE = /^([A-Za-z-]+):([^\r\n\0]*)$/;
/** What stands for bytes that are not UTF-8: a reader that takes them for Latin-1 would see another name. */
const REPLACED = "\ufffd";
/** Encodings that change nothing. Base64 would hide what a field holds. */
const NO_ENCODING = /^(?:binary|8bit|7bit)$/i;

/**
 * Reads the header lines of a part of a form (RFC 7578), accepting only what every reader understands in the same way.
 *
 * @throws BodyProblem
 */
export function readPartHead(text: string): PartHead {
  const lines = new Map<string, string>();
  for (const line of text.split("\r\n")) {
    const match = LINE.exec(line);
    const name = match?.[1]?.toLowerCase();
    if (!match || !name || lines.has(name)) throw malformed();
    lines.set(name, match[2]?.trim() ?? "");
  }
  for (const name of lines.keys()) if (!KNOWN.has(name)) throw malformed();
  if (!NO_ENCODING.test(lines.get("content-transfer-encoding") ?? "binary")) throw malformed();
  return readDisposition(lines.get("content-disposition") ?? "");
}

const KNOWN = new Set(["content-disposition", "content-type", "content-length", "content-transfer-encoding"]);

function readDisposition(value: string): PartHead {
  const match = DISPOSITION.exec(value);
  const name = match?.[1] ?? match?.[2];
  if (!match || name === undefined || hasControl(value) || name.includes(REPLACED)) throw malformed();
  return { name, isFile: match[3] !== "" };
}

function hasControl(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 || code === 0x7f) return true;
  }
  return false;
}

function malformed(): BodyProblem {
  return new BodyProblem("bad_form", "a part of the form has a malformed head, or one that could be read in two ways");
}
