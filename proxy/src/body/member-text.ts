import { BodyProblem } from "./problem";
import type { MemberValue } from "./rules";

/** A surrogate without its partner: in a name it can be dropped by a reader that repairs text, and make another name of it. */
const UNPAIRED = /\p{Surrogate}/u;

/** The name of a member that stands with its quotes between two positions, escapes resolved: `\u0075ser` is `user` for every parser. */
export function memberName(bytes: Buffer, from: number, to: number): string {
  const name = textValue(bytes, from, to);
  for (let i = 0; i < name.length; i++) {
    if (name.charCodeAt(i) < 0x20) throw new BodyProblem("bad_json", "a member name holds a control character");
  }
  if (UNPAIRED.test(name)) throw new BodyProblem("bad_json", "a member name holds half of a surrogate pair");
  return name;
}

/** The text of a string that stands with its quotes between two positions. */
export function textValue(bytes: Buffer, from: number, to: number): string {
  const text = bytes.toString("utf8", from + 1, to - 1);
  if (!text.includes("\\")) return text;
  try {
    return String(JSON.parse(`"${text}"`));
  } catch {
    throw new BodyProblem("bad_json", "the body is not valid JSON: an escape in a string is malformed");
  }
}

/** A number, `true`, `false` or `null` that stands between two positions. */
export function scalarValue(bytes: Buffer, from: number, to: number): MemberValue {
  try {
    return JSON.parse(bytes.toString("latin1", from, to)) as MemberValue;
  } catch {
    throw new BodyProblem("bad_json", "the body is not valid JSON: a value is neither text, number, true, false nor null");
  }
}
