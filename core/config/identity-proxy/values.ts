import * as z from "zod";

/** The longest name of a person, a group or a tag that the identity proxy takes, in bytes. */
const LONGEST_NAME = 1000;

/** Text that a header line and a log line can carry: not empty, without control characters, at most `maximumBytes`. */
export function text(maximumBytes: number): z.ZodString {
  return z
    .string()
    .min(1)
    .refine((value) => !CONTROL.test(value), "control characters cannot be forwarded")
    .refine((value) => Buffer.byteLength(value) <= maximumBytes, `longer than ${grouped(maximumBytes)} bytes`);
}

/** A whole number with a comma before each three digits. By hand: `toLocaleString` loads its tables, which takes 20 ms. */
function grouped(number: number): string {
  return String(number).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** C0 and C1 controls, DEL, and the two line separators of Unicode. */
const CONTROL = /[\p{Cc}\u2028\u2029]/u;

/** A group as the identity provider spells it. */
export const groupName = text(LONGEST_NAME).meta({ description: "the name of a group" });

/** A tag that LiteLLM books a request on. */
export const tag = text(LONGEST_NAME);

/** A length of time in seconds, from a tenth of a second to a day. */
export const seconds = z.number().min(0.1).max(86_400).meta({ description: "seconds, from 0.1 to 86400" });

/** A TCP port of this machine. */
export const port = z.int().min(1).max(65_535).meta({ description: "a port from 1 to 65535" });

/** An origin, or one with a path: nothing of an address that could be a secret or a claim. */
export const httpUrl = z
  .string()
  .refine(isPlainUrl, "not an http or https URL without user, query and fragment")
  .meta({ description: "an http or https URL" });

/** A secret of the environment, by its name. */
export const secretReference = z
  .string()
  .regex(/^os\.environ\/[A-Za-z_][A-Za-z0-9_]*$/, "not a reference to a secret; the value itself must not stand here")
  .meta({ description: "os.environ/NAME, where NAME is declared under secrets" });

function isPlainUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  return /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.search && !url.hash;
}
