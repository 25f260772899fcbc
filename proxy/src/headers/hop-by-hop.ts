/** Headers that concern one connection only (RFC 9110, section 7.6.1), and those that proxies take for such. */
export const HOP_BY_HOP: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-authentication-info",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

const NONE: ReadonlySet<string> = new Set();
/** What most connections say of themselves, and what names no header that anybody forwards. */
const PLAIN = /^(?:keep-alive|close)?$/i;

/** Names that the lines of `Connection` declare to be of this connection only. */
export function connectionNames(rawHeaders: readonly string[]): ReadonlySet<string> {
  let names: Set<string> | undefined;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? "";
    const value = rawHeaders[i + 1] ?? "";
    if (name.length !== "connection".length || name.toLowerCase() !== "connection" || PLAIN.test(value)) continue;
    names ??= new Set();
    for (const declared of value.split(",")) names.add(declared.trim().toLowerCase());
  }
  return names ?? NONE;
}
