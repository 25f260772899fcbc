import type { RequestHead } from "./identity";

/**
 * The values of all lines of one header, in their order. Names are compared with `_` taken for `-` too, so that a look-alike
 * which some server between the sender and here may have folded counts as a second line.
 */
export function headerLines(request: RequestHead, name: string): string[] {
  const lines: string[] = [];
  const { rawHeaders } = request;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    if ((rawHeaders[i] ?? "").toLowerCase().replaceAll("_", "-") === name) lines.push(rawHeaders[i + 1] ?? "");
  }
  return lines;
}

/** A header value as UTF-8 text: Node hands it out byte by byte (Latin-1). Undefined where the bytes are not UTF-8. */
export function utf8Value(value: string): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.from(value, "latin1"));
  } catch {
    return undefined;
  }
}
