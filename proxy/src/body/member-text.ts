import { BodyProblem } from "./problem";
import type { MemberValue } from "./rules";

/** A surrogate without its partner: in a name it can be dropped by a reader that repairs text, and make another name of it. */
const UNPAIRED = /\p{Surrogate}/u;

/** The name of a member from its text with quotes, escapes resolved: `\u0075ser` is `user` for every parser. */
export function memberName(bytes: Buffer): string {
  const name = textValue(bytes);
  for (let i = 0; i < name.length; i++) {
    if (name.charCodeAt(i) < 0x20) throw new BodyProblem("bad_json", "a member name holds a control character");
  }
  if (UNPAIRED.test(name)) throw new BodyProblem("bad_json", "a member name holds half of a surrogate pair");
  return name;
}

/** The text of a string with quotes. */
export function textValue(bytes: Buffer): string {
  const text = bytes.toString("utf8", 1, bytes.length - 1);
  if (!text.includes("\\")) return text;
  try {
    return String(JSON.parse(`"${text}"`));
  } catch {
    throw new BodyProblem("bad_json", "the body is not valid JSON: an escape in a string is malformed");
  }
}

/** A number, `true`, `false` or `null`. */
export function scalarValue(bytes: Buffer): MemberValue {
  try {
    return JSON.parse(bytes.toString("latin1")) as MemberValue;
  } catch {
    throw new BodyProblem("bad_json", "the body is not valid JSON: a value is neither text, number, true, false nor null");
  }
}
