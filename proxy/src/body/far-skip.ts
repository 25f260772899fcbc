import { SKIP_MODULE } from "./skip-module";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Bytes that are looked at in one go: at first few, because most values are small. */
const FIRST_WINDOW = 4096;
const WINDOW = 32_768;

/** What of a value is open at a position. */
export interface OpenValue {
  /** Brackets; 0 for a string on its own. */
  depth: number;
  inString: boolean;
  /** Whether the next byte stands behind a backslash that escapes it. */
  escaped: boolean;
}

interface SkipExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly depth: { readonly value: number };
  readonly inString: { readonly value: number };
  readonly escaped: { readonly value: number };
  skip(length: number, deepest: number, depth: number, inString: number, escaped: number): number;
}

/** Node has it; TypeScript knows it of browsers only. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

const skipper = instantiate();
const window = skipper && new Uint8Array(skipper.memory.buffer);

/** What {@link skipFar} answers when the bytes end before the value. */
export const UNFINISHED = -1;
/** What it answers when too many brackets are open. */
export const TOO_DEEP = -2;
/** What it answers when a backslash stands outside of strings. */
export const MISPLACED = -3;

/** Whether this machine can look at many bytes at once: not where WebAssembly or its SIMD instructions are missing. */
export const canSkipFar = skipper !== undefined;

/**
 * The position behind the end of a value, {@link UNFINISHED}, {@link TOO_DEEP} or {@link MISPLACED}. For values that are not
 * small: to begin costs as much as a loop over some hundred bytes, and going on a tenth of it.
 */
export function skipFar(bytes: Buffer, from: number, end: number, open: OpenValue, deepest: number): number {
  if (!skipper || !window) throw new Error("no WebAssembly");
  let size = FIRST_WINDOW;
  let i = from;
  while (i < end) {
    if (open.inString && !open.escaped) i = beforeQuote(bytes, i, end);
    const count = Math.min(size, end - i);
    window.set(new Uint8Array(bytes.buffer, bytes.byteOffset + i, count));
    const found = skipWindow(skipper, count, open, deepest);
    if (found !== UNFINISHED) return found < 0 ? found : i + found;
    i += count;
    size = WINDOW;
  }
  return UNFINISHED;
}

function skipWindow(skipper: SkipExports, count: number, open: OpenValue, deepest: number): number {
  const found = skipper.skip(count, deepest, open.depth, open.inString ? -1 : 0, open.escaped ? 1 : 0);
  if (found !== UNFINISHED) return found;
  open.depth = skipper.depth.value;
  open.inString = open.depth === 0 || skipper.inString.value !== 0;
  open.escaped = skipper.escaped.value !== 0;
  return UNFINISHED;
}

/** Where to go on in a string: before the next quote and the backslashes in front of it, found by memchr without a copy. */
function beforeQuote(bytes: Buffer, from: number, end: number): number {
  const found = bytes.indexOf(QUOTE, from);
  let i = found < 0 || found > end ? end : found;
  while (i > from && bytes[i - 1] === BACKSLASH) i -= 1;
  return i;
}

function instantiate(): SkipExports | undefined {
  try {
    const module = new WebAssembly.Module(Buffer.from(SKIP_MODULE, "base64"));
    return new WebAssembly.Instance(module).exports as SkipExports;
  } catch {
    return undefined;
  }
}
