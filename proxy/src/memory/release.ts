import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** `ArrayBuffer.prototype.transfer` (ES2024): the memory goes to another, which here is empty, so that it is free at once. */
type Transfer = (this: ArrayBuffer, length: number) => ArrayBuffer;

const transfer = transferOfThisEngine();

/** Bytes from which on it is worth while: less memory is freed with the objects around it for less time than this takes. */
export const WORTH_RELEASING = 4096;

/**
 * Gives the memory of a buffer back at once; afterwards the buffer is empty.
 *
 * Node's parser hands out a new buffer for each piece of a body. V8 counts their memory by a rough rule only, lets tens of
 * megabytes pile up, and then goes over the whole heap for them, which costs more time than all that is done with the pieces.
 *
 * Nothing may read the buffer any more, and no write of it may be on its way: the system would send what stands there next.
 * A buffer that shares its memory with others stays as it is, and so does a small one.
 */
export function release(buffer: Buffer): void {
  const memory = buffer.buffer;
  if (!transfer || buffer.length < WORTH_RELEASING || memory.byteLength !== buffer.length) return;
  if (memory instanceof ArrayBuffer) transfer.call(memory, 0);
}

/** Node 20 has it behind a flag of V8; where it cannot be had, memory waits for V8 as it always did. */
function transferOfThisEngine(): Transfer | undefined {
  const own = (ArrayBuffer.prototype as { transfer?: Transfer }).transfer;
  if (own) return own;
  try {
    setFlagsFromString("--harmony-rab-gsab-transfer");
    return runInNewContext("ArrayBuffer.prototype.transfer") as Transfer | undefined;
  } catch {
    return undefined;
  }
}
