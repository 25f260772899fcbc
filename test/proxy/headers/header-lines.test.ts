import { areHeaderLines, splitHeaderLines } from "../../../proxy/src/headers";

const FIRST = "GET / HTTP/1.1\r\n";

test("lines are taken apart at their ends and first colons, without the white space around values", () => {
  const text = `${FIRST}Host: a:1\r\nx-empty:\r\nx-space: \t b c \t\r\nX-Last:d`;
  expect(splitHeaderLines(text, FIRST.length)).toEqual(["Host", "a:1", "x-empty", "", "x-space", "b c", "X-Last", "d"]);
  expect(areHeaderLines(text, FIRST.length)).toBe(true);
});

test("a head without lines has none", () => {
  for (const begin of [FIRST.length, FIRST.length + 2]) {
    expect(splitHeaderLines(FIRST, begin)).toEqual([]);
    expect(areHeaderLines(FIRST, begin)).toBe(true);
  }
});

test.each([
  ["a space in a name", "x-a : b"],
  ["a folded line", "x-a: b\r\n c"],
  ["a lone LF", "x-a: b\nx-c: d"],
  ["a lone CR", "x-a: b\rx-c: d"],
  ["a CR at the end", "x-a: b\r"],
  ["a NUL in a value", "x-a: b\0"],
  ["a DEL in a value", "x-a: b\x7f"],
  ["a NUL in a name", "x-\0a: b"],
  ["a byte above ASCII in a name", "x-\xe9: b"],
  ["an empty name", ": b"],
  ["an empty line", "x-a: b\r\n\r\nx-c: d"],
])("%s is malformed, in the first line and in a later one", (_, line) => {
  expect(areHeaderLines(line, 0)).toBe(false);
  expect(areHeaderLines(`${FIRST}host: a\r\n${line}\r\nx-z: z`, FIRST.length)).toBe(false);
});

test("a line without a colon is not taken apart", () => {
  expect(splitHeaderLines("host: a\r\nnothing\r\nx-a: b", 0)).toBeUndefined();
  expect(areHeaderLines("host: a\r\nnothing\r\nx-a: b", 0)).toBe(false);
});

test("long heads that are malformed at their end take no time", () => {
  const begun = performance.now();
  for (const lines of ["x-a: b\r\n".repeat(8000), `x-a: ${"b".repeat(64_000)}`, `x-a${":".repeat(64_000)}`, "a".repeat(64_000)])
    expect(areHeaderLines(`${lines}\0`, 0)).toBe(false);
  expect(performance.now() - begun).toBeLessThan(1000);
});

test("a value with much white space within and some at its end takes no time", () => {
  const begun = performance.now();
  for (let i = 0; i < 10; i++) expect(splitHeaderLines(`x-a: a${" ".repeat(64_000)}a `, 0)?.[1]).toHaveLength(64_002);
  expect(performance.now() - begun).toBeLessThan(1000);
});
