import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A name, and the reason why it stands in the list. */
type Reasons = Readonly<Record<string, string>>;

/** Resource types that moto cannot make. */
export const MOTO_LACKS = read("moto-lacks.json");
/** Attributes that moto takes and does not give back: the second plan changes them, and nothing else. */
export const MOTO_LOSES = read("moto-loses.json");

function read(file: string): Reasons {
  return JSON.parse(readFileSync(join(__dirname, file), "utf8"));
}
