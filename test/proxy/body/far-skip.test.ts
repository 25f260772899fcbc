import { createRequire } from "node:module";
import { ContainerScan } from "../../../proxy/src/body/container-scan";
import { canSkipFar, MISPLACED, type OpenValue, skipFar, TOO_DEEP, UNFINISHED } from "../../../proxy/src/body/far-skip";
import type { BodyProblem } from "../../../proxy/src/body/problem";
import { SKIP_MODULE } from "../../../proxy/src/body/skip-module";
import { skipString } from "../../../proxy/src/body/string-scan";

const DEEPEST = 4;

/** The same, byte by byte, as anybody would write it. */
function slowSkip(bytes: Buffer, from: number, open: OpenValue, deepest: number): number {
  for (let i = from; i < bytes.length; i++) {
    const verdict = open.inString
      ? inString(String.fromCharCode(bytes[i] ?? 0), open)
      : outside(String.fromCharCode(bytes[i] ?? 0), open, deepest);
    if (verdict === "end") return i + 1;
    if (verdict !== undefined) return verdict;
  }
  return UNFINISHED;
}

function inString(byte: string, open: OpenValue): "end" | undefined {
  if (open.escaped) open.escaped = false;
  else if (byte === "\\") open.escaped = true;
  else if (byte === '"') {
    open.inString = false;
    if (open.depth === 0) return "end";
  }
  return undefined;
}

function outside(byte: string, open: OpenValue, deepest: number): number | "end" | undefined {
  if (byte === '"') open.inString = true;
  if (byte === "\\") return MISPLACED;
  if ("{[".includes(byte)) open.depth += 1;
  if ("}]".includes(byte)) {
    open.depth -= 1;
    if (open.depth === 0) return "end";
  }
  return open.depth > deepest ? TOO_DEEP : undefined;
}

/** Numbers that are the same in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >>> 8) % below;
  };
}

/** Bytes in which everything that matters is frequent: runs of backslashes, quotes, brackets, and stretches of nothing. */
function randomBytes(next: (below: number) => number, length: number): Buffer {
  const marks = ['"', "\\", "\\\\", "\\\\\\", '\\"', "{", "}", "[", "]", "{[", "]}", "é", "x".repeat(70), "\\".repeat(65), '",'];
  const quiet = next(3);
  const wild = next(3) === 0;
  let text = "";
  while (text.length < length) {
    const mark = next(4) < quiet ? "y".repeat(next(100)) : (marks[next(marks.length)] ?? "");
    text += wild || !mark.includes("\\") ? mark : `"${mark}${mark.endsWith('"') ? '"' : '\\""'}`;
  }
  return Buffer.from(text);
}

function pieces(bytes: Buffer, next: (below: number) => number): Buffer[] {
  const list: Buffer[] = [];
  for (let i = 0; i < bytes.length; ) {
    const size = 1 + next(next(2) === 0 ? 80 : 5000);
    list.push(bytes.subarray(i, i + size));
    i += size;
  }
  return list;
}

function skipped(scan: ContainerScan, piece: Buffer): number {
  try {
    return scan.skip(piece, 0, piece.length, 100_000);
  } catch (error) {
    return (error as BodyProblem).code === "bad_json" ? MISPLACED : TOO_DEEP;
  }
}

/** Where looking at many bytes at once finds another end than looking at each; undefined where it does not. */
function differenceIn(parts: readonly Buffer[], depth: number): string | undefined {
  const slow: OpenValue = { depth, inString: true, escaped: false };
  const fast = { ...slow };
  for (const piece of parts) {
    const expected = slowSkip(piece, 0, slow, DEEPEST);
    const found = skipFar(piece, 0, piece.length, fast, DEEPEST);
    if (found !== expected) return `${found}, not ${expected}`;
    if (found !== UNFINISHED) return undefined;
  }
  return undefined;
}

describe("skipping many bytes at once", () => {
  it("is possible on this machine, so that the tests here test it", () => {
    expect(canSkipFar).toBe(true);
  });

  it("finds the same end as looking at each byte, wherever the value is cut", () => {
    const next = numbers(20_261_121);
    const ends = new Map<string, number>();
    for (let round = 0; round < 4000; round++) {
      const bytes = randomBytes(next, 1 + next(600));
      const string = next(3) === 0;
      const fresh = (): OpenValue => ({ depth: string ? 0 : 1 + next(3), inString: string, escaped: false });
      const slow = fresh();
      const fast = { ...slow };
      for (const piece of pieces(bytes, next)) {
        const expected = slowSkip(piece, 0, slow, DEEPEST);
        expect([round, skipFar(piece, 0, piece.length, fast, DEEPEST)]).toEqual([round, expected]);
        ends.set(String(Math.min(expected, 0)), (ends.get(String(Math.min(expected, 0))) ?? 0) + 1);
        if (expected !== UNFINISHED) break;
        expect([round, fast]).toEqual([round, slow]);
      }
    }
    // Each way to end was met often.
    for (const end of ["0", "-1", "-2", "-3"]) expect(ends.get(end)).toBeGreaterThan(100);
  });

  it.each([
    ["a string on its own", 0],
    ["a string in a list", 1],
  ])("counts rows of backslashes across its 64 bytes and across every cut, in %s", (_what, depth) => {
    const leads = [61, 62, 63, 64, 65];
    const rows = [1, 2, 63, 64, 65, 127, 128];
    for (const [lead, row] of leads.flatMap((count) => rows.map((more) => [count, more] as const))) {
      const bytes = Buffer.from(`${"x".repeat(lead)}${"\\".repeat(row)}"]"]${"y".repeat(66)}"]"`);
      for (let cut = 0; cut <= bytes.length; cut++) {
        const found = differenceIn([bytes.subarray(0, cut), bytes.subarray(cut)], depth);
        if (found) throw new Error(`${lead} bytes, ${row} backslashes, cut at ${cut}: ${found}`);
      }
    }
  });

  it("agrees with the scan of containers, which begins with a loop", () => {
    const next = numbers(7);
    for (let round = 0; round < 1000; round++) {
      const scan = new ContainerScan();
      scan.begin();
      const open: OpenValue = { depth: 0, inString: false, escaped: false };
      for (const piece of pieces(Buffer.concat([Buffer.from("["), randomBytes(next, next(2000))]), next)) {
        const expected = slowSkip(piece, 0, open, 100_000);
        expect([round, skipped(scan, piece)]).toEqual([round, expected]);
        if (expected !== UNFINISHED) break;
      }
    }
  });

  it("agrees with the scan of strings, which begins with a loop", () => {
    const next = numbers(8);
    for (let round = 0; round < 1000; round++) {
      const string = { escaped: false };
      const open: OpenValue = { depth: 0, inString: true, escaped: false };
      for (const piece of pieces(randomBytes(next, next(2000)), next)) {
        const expected = slowSkip(piece, 0, open, 0);
        expect([round, skipString(piece, 0, piece.length, string)]).toEqual([round, expected]);
        if (expected >= 0) break;
      }
    }
  });

  it("does not read what stands behind its bytes", () => {
    const bytes = Buffer.from(`${"x".repeat(100)}"}]]]]`);
    const open: OpenValue = { depth: 1, inString: true, escaped: false };
    skipFar(Buffer.from(`${"]".repeat(64)}"`), 0, 65, { depth: 9, inString: false, escaped: false }, 100);
    expect(skipFar(bytes, 0, 100, open, 100)).toBe(UNFINISHED);
    expect(open).toEqual({ depth: 1, inString: true, escaped: false });
  });
});

test("the module in the sources is what skip.wat.cjs says", async () => {
  const wabt = createRequire(__filename)("wabt") as typeof import("wabt");
  const { SKIP } = createRequire(__filename)("../../../proxy/wasm/skip.wat.cjs") as { readonly SKIP: string };
  const module = (await wabt()).parseWat("skip.wat", SKIP, { simd: true });
  expect(Buffer.from(module.toBinary({}).buffer).toString("base64")).toBe(SKIP_MODULE);
});
