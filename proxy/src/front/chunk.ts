import type { Socket } from "node:net";

/** Pieces up to this many bytes are put together with what frames them as text, which is quicker than a buffer. */
const SMALL = 16_384;

/** What ends a body of chunks. */
export const LAST_CHUNK = "0\r\n\r\n";

/** Writes a piece of a body as one chunk, copied; false when the client takes no more until `drain`. */
export function sendChunk(socket: Socket, chunk: Buffer): boolean {
  const size = `${chunk.length.toString(16)}\r\n`;
  if (chunk.length <= SMALL) return socket.write(`${size}${chunk.toString("latin1")}\r\n`, "latin1");
  const bytes = Buffer.allocUnsafe(size.length + chunk.length + 2);
  bytes.write(size, 0, "latin1");
  bytes.set(chunk, size.length);
  bytes.write("\r\n", size.length + chunk.length, "latin1");
  return socket.write(bytes);
}
