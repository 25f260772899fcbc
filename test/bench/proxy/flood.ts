import { connect } from "node:net";
import type { Measured } from "./load";
import { cpuSeconds, type Peer } from "./processes";

const END = "0\r\n\r\n";
const LEAST_BYTES_OF_AN_EVENT = 50;

/**
 * So many streams at once, as fast as they go. They are read without being understood: a client that takes HTTP apart would be slower
 * than what it measures.
 */
export async function flood(peer: Peer, streams: number, events: number): Promise<Measured> {
  const before = cpuSeconds(peer.pid);
  const start = performance.now();
  const sizes = await Promise.all(Array.from({ length: streams }, () => bytesOfStream(peer, events)));
  const seconds = (performance.now() - start) / 1000;
  const total = streams * events;
  return {
    perSecond: total / seconds,
    cpuMicroseconds: ((cpuSeconds(peer.pid) - before) / total) * 1e6,
    failed: sizes.filter((size) => size < events * LEAST_BYTES_OF_AN_EVENT).length,
  };
}

/** Bytes of an answer, its framing included. @throws Error for any status but 200, and for one that is cut */
function bytesOfStream({ name, port, token }: Peer, events: number): Promise<number> {
  const body = '{"model":"gpt-4o","stream":true}';
  const head = [
    "POST /v1/chat/completions HTTP/1.1",
    "host: bench",
    "content-type: application/json",
    `content-length: ${body.length}`,
    `authorization: Bearer ${token}`,
    `openai-beta: ${events}x0`,
  ];
  return new Promise((resolve, reject) => {
    let bytes = 0;
    let tail = "";
    const read = (count: number, buffer: Uint8Array): boolean => {
      const piece = Buffer.from(buffer.buffer, buffer.byteOffset, count);
      if (bytes === 0 && !piece.toString("latin1").startsWith("HTTP/1.1 200 ")) reject(new Error(`${name}: no stream`));
      bytes += count;
      tail = (tail + piece.toString("latin1", Math.max(0, count - END.length))).slice(-END.length);
      if (tail !== END) return true;
      socket.destroy();
      resolve(bytes);
      return true;
    };
    const socket = connect({ host: "127.0.0.1", port, onread: { buffer: Buffer.alloc(65_536), callback: read } });
    socket.on("error", reject);
    socket.on("close", () => reject(new Error(`${name}: the stream was cut`)));
    socket.write(`${head.join("\r\n")}\r\n\r\n${body}`);
  });
}
