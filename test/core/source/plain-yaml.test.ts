import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { stringify } from "yaml";
import { toValue } from "../../../core/source";
import { parseYaml } from "../../../core/source/parse-yaml";
import { parsePlainYaml } from "../../../core/source/plain-yaml";

const FILE = "a.yaml";
const root = join(__dirname, "..", "..", "..");

/** The same runs each time; with FUZZ=n, n times as many, others each time. */
const runs = (count: number): { numRuns: number; seed?: number } =>
  process.env.FUZZ ? { numRuns: count * Number(process.env.FUZZ) } : { numRuns: count, seed: 2026 };

/** Whether the text was taken; what is taken has to be the tree of the reader of YAML, places included. */
function takenAlike(text: string): boolean {
  const tree = parsePlainYaml(text, FILE);
  if (tree) expect({ root: tree }).toEqual(withoutComments(parseYaml(text, FILE)));
  return tree !== undefined;
}

function withoutComments(result: ReturnType<typeof parseYaml>): unknown {
  return "root" in result ? { root: result.root } : result;
}

describe("plain YAML is the same tree as by the reader of YAML", () => {
  test("whatever is written by a program", () => {
    const word = fc.oneof(
      fc.string(),
      ...Array.from({ length: 5 }, () => fc.stringMatching(/^[a-z][a-z0-9./:-]{0,6}[a-z]$/)),
      fc.constantFrom("90d", "2027-01-31", "1.50", "~", "0x1f", "on"),
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4, depthSize: "small" },
        word,
        fc.integer(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.boolean(),
        tie("list"),
        tie("map"),
      ),
      list: fc.array(tie("value"), { maxLength: 4 }),
      map: fc.dictionary(word, tie("value"), { maxKeys: 4 }),
    }));
    let taken = 0;
    const options = fc.record({ indent: fc.constantFrom(2, 3, 4), indentSeq: fc.boolean(), flow: fc.boolean() });
    fc.assert(
      fc.property(fc.dictionary(word, value, { maxKeys: 5 }), options, (object, { flow, ...how }) => {
        const text = stringify(object, { ...how, lineWidth: 0, ...(flow && { collectionStyle: "flow" }) });
        const tree = parsePlainYaml(text, FILE);
        if (!tree) return;
        taken += 1;
        expect({ root: tree }).toEqual(withoutComments(parseYaml(text, FILE)));
        expect(toValue(tree)).toEqual(object);
      }),
      runs(600),
    );
    expect(taken).toBeGreaterThan(20);
  });

  test("whatever these pieces make of each other", () => {
    const some = (...texts: string[]) => fc.constantFrom(...texts);
    const line = fc
      .tuple(
        some("", "", "  ", "    "),
        some("", "", "", "- "),
        some("a: ", "b: ", "c:", "", '"d": ', "e f: "),
        fc.oneof(...VALUES, some(...PIECES)),
      )
      .map((parts) => `${parts.join("")}\n`);
    let taken = 0;
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 5 }), (lines) => {
        if (takenAlike(lines.join(""))) taken += 1;
      }),
      runs(1500),
    );
    expect(taken).toBeGreaterThan(40);
  });

  test("whatever becomes of a file by changes of single characters", () => {
    const text = readFileSync(join(root, "test/core/source/plain.yaml"), "utf8");
    const change = fc.tuple(fc.nat(text.length), fc.constantFrom(...PIECES), fc.nat(3));
    let taken = 0;
    fc.assert(
      fc.property(change, fc.option(change), (...changes) => {
        const changed = changes.reduce(
          (before, one) => (one ? before.slice(0, one[0]) + one[1] + before.slice(one[0] + one[2]) : before),
          text,
        );
        if (takenAlike(changed)) taken += 1;
      }),
      runs(120),
    );
    expect(taken).toBeGreaterThan(20);
  });
});

/** Files of this repository, of which most are plain. */
const files = ["templates", "environments", "test/fixtures"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => join(root, folder, file)),
);

test("the files of this repository are read alike, and most of them here", () => {
  const taken = files.filter((file) => takenAlike(readFileSync(file, "utf8")));

  expect(files.length).toBeGreaterThan(100);
  expect(taken.length / files.length).toBeGreaterThan(0.5);
});

test.each([
  "a: &x 1",
  "a: *x",
  "a: !!str 1",
  "a: |\n  text",
  "a: >\n  text",
  "a: b\n  c",
  "a: [1,\n  2]",
  'a: "x\\n"',
  "a: 'it''s'",
  "a:",
  "a:\nb: 1",
  "a: 1\na: 2",
  "__proto__: 1",
  "<<: { a: 1 }",
  "a: 0x10",
  "a: 1e3",
  "a: .inf",
  "a: 010",
  "a: 12345678901234567890",
  "a: 1\n  b: 2",
  "a:\n    b: 1\n  c: 2",
  "a: b: c",
  "a: { b: 1, }",
  "a: { b }",
  "a:\t1",
  "a: 1\r\n",
  "\uFEFFa: 1",
  "? a\n: 1",
  "a: 1\n---\nb: 2",
  "a: 1\n...",
  "  ---\na: 1",
  "%YAML 1.2\n---\na: 1",
  "- a",
  "a",
  "",
  `a: ${"[".repeat(60)}${"]".repeat(60)}`,
])("%j is left to the reader of YAML", (text) => {
  expect(parsePlainYaml(text, FILE)).toBeUndefined();
});

test.each(["a: 1", "---\na: 1\n", "# c\na: 1 # c\n\nb:\n- 1\n- c: 2\n  d: [x, 'y']\n", "a: x#y:z\n", "a:   \n  # c\n  b: -1\n"])(
  "%j is read here",
  (text) => {
    expect(takenAlike(text)).toBe(true);
  },
);

const PIECES = [
  "a",
  "b",
  "key",
  "sk-x",
  ": ",
  ":",
  ":\n",
  "\n",
  "\n\n",
  "\n  ",
  "\n    ",
  " ",
  "  ",
  "- ",
  "\n- ",
  "\n  - ",
  "-",
  "{",
  "}",
  "{ ",
  " }",
  "[",
  "]",
  ", ",
  ",",
  "#",
  " # c",
  "\n# c",
  "'",
  '"',
  "'x'",
  '"x y"',
  "1",
  "-1",
  "0",
  "1.5",
  "90d",
  "true",
  "null",
  "~",
  "2027-01-31",
  "%",
  "@",
  "!",
  "&",
  "*",
  "|",
  ">",
  "<<",
  "<<: ",
  "?",
  "? ",
  "---\n",
  "\n---",
  "...",
  "=",
  "\\",
  "/",
  "é",
  "\t",
  "\r\n",
  "a: 1\n",
  "b:\n  ",
  "c: [",
  "d: { e: ",
];

const VALUES = ["", "1", "x y", "[a, 'b']", "{ a: 1, b: [] }", "openai/gpt:free", "90d", "x # c", "# c", '"q"'].map((text) =>
  fc.constant(text),
);
