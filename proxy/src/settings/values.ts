import { isIP } from "node:net";
import * as z from "zod";
import { looksLikeKey, VARIABLE_NAME } from "./variable-name";

/** Where a secret lives: the settings file names an environment variable or a file, never the value. */
export interface SecretPlace {
  readonly env?: string | undefined;
  readonly file?: string | undefined;
}

const NO_VARIABLE = "this is no name of an environment variable";

const variableName = z
  .string()
  .regex(VARIABLE_NAME, { message: NO_VARIABLE, abort: true })
  .refine((name) => !looksLikeKey(name), NO_VARIABLE)
  .describe("the name of an environment variable");

/** A secret by reference. A plain text is refused, because it would be the value itself. */
export const secretPlace: z.ZodType<SecretPlace> = z
  .strictObject({ env: variableName.optional(), file: z.string().min(1).optional() })
  .refine(({ env, file }) => (env === undefined) !== (file === undefined), "name either an environment variable or a file")
  .describe("{ env: NAME } or { file: PATH }");

/** The path of a file, relative to the working directory of the proxy. */
export const filePath = z.string().min(1).describe("the path of a file");

const ADDRESS = "an IP address, such as 127.0.0.1 or 0.0.0.0";

/** Where a port is opened. Names are none: what they stand for may change. */
export const ipAddress = z.union([z.ipv4().describe(ADDRESS), z.ipv6().describe(ADDRESS)]);

/** A TCP port. 0 lets the system choose one, which is of use in tests only. */
export const port = z.number().int().min(0).max(65535).describe("a port number");

/** A length of time in seconds, from a tenth of a second to a day. */
export const seconds = z.number().min(0.1).max(86_400).describe("seconds, from 0.1 to 86400");

/** A name of a group as the identity provider spells it. */
export const groupName = text(1000).describe("the name of a group");

/** An address or a range in CIDR notation. */
export const addressRange = z
  .string()
  .refine(isRange, "not an IP address or a range such as 10.0.0.0/8")
  .describe("an IP address or a range such as 10.0.0.0/8");

/** An origin that is called: https, or http where the other end is on this machine or the caller allows it. */
export const httpUrl = z
  .string()
  .refine((value) => urlProblem(value) === undefined, "not an http or https URL without user, query and fragment")
  .describe("an http or https URL");

/** Text without control characters and with nothing that a header line or a log line would break on. */
export function text(maximumBytes: number): z.ZodString {
  return z
    .string()
    .min(1)
    .refine((value) => !hasControlCharacter(value), "control characters cannot be forwarded")
    .refine((value) => Buffer.byteLength(value) <= maximumBytes, `longer than ${maximumBytes.toLocaleString("en-US")} bytes`);
}

/** Whether `value` holds a C0 or C1 control character, DEL, or one of the two Unicode line separators. */
export function hasControlCharacter(value: string): boolean {
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i);
    if (code < 0x20 || (code >= 0x7f && code <= 0x9f) || code === 0x2028 || code === 0x2029) return true;
  }
  return false;
}

function isRange(value: string): boolean {
  const [address = "", prefix, ...rest] = value.split("/");
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128));
}

function urlProblem(value: string): string | undefined {
  if (!URL.canParse(value)) return "no URL";
  const url = new URL(value);
  if (url.protocol !== "http:" && url.protocol !== "https:") return "another protocol";
  return url.username || url.password || url.search || url.hash ? "more than an origin and a path" : undefined;
}
