import { spawnSync } from "node:child_process";
import { renderConfig } from "../../../core/litellm";
import { readByPyYaml } from "../../../core/litellm/py-yaml";

/** Reads YAML with PyYAML as LiteLLM does, and says what it got as JSON; dates and floats keep their kind. */
const PROGRAM = `
import json, sys, yaml
def plain(value):
    if isinstance(value, dict):
        return {"map": [[plain(k), plain(v)] for k, v in value.items()]}
    if isinstance(value, list):
        return {"list": [plain(v) for v in value]}
    if isinstance(value, float):
        return {"float": repr(value)}
    if value is None or isinstance(value, (bool, int, str)):
        return {type(value).__name__: value}
    return {"other": type(value).__name__}
def read(text):
    try:
        return plain(yaml.safe_load(text))
    except Exception as error:
        return {"error": type(error).__name__}
print(json.dumps([read(text) for text in json.load(sys.stdin)]))
`;

const usable = spawnSync("python3", ["-c", "import yaml"], { stdio: "ignore" }).status === 0;
if (!usable) console.warn("skipped: python3 with PyYAML is not installed");
const real = usable ? test : test.skip;

function readByPython(texts: readonly string[]): unknown[] {
  const done = spawnSync("python3", ["-c", PROGRAM], {
    input: JSON.stringify(texts),
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (done.status !== 0) throw new Error(`python3 failed: ${done.stderr}`);
  return JSON.parse(done.stdout) as unknown[];
}

const SPECIAL = [
  ...[
    "on",
    "y",
    "Y",
    "yes",
    "No",
    "true",
    "TRUE",
    "null",
    "~",
    "Null",
    "",
    " ",
    " a",
    "a ",
    "a  b",
    "1e3",
    "1.5e3",
    "0o7",
    "017",
    "08",
    "0x1F",
  ],
  ...[
    "0b1",
    "1_000",
    "12:30",
    "1:30.5",
    "190:20:30",
    "2026-11-21",
    "2026-1-2 3:04:05",
    ".inf",
    "-.INF",
    ".nan",
    "=",
    "<<",
    "+1",
    "-0",
    "1.",
    ".5",
  ],
  ...[
    "a: b",
    "a:b",
    "a :b",
    "a #b",
    "#a",
    "- a",
    "-",
    "? a",
    "?",
    ":",
    "::",
    "a:",
    "&a",
    "*a",
    "!a",
    "!!str a",
    "%a",
    "@a",
    "`a",
    "|",
    ">",
    "{a}",
    "[a]",
    ",",
  ],
  ...[
    "'a'",
    '"a"',
    "a\\b",
    "a'b",
    'a"b',
    "---",
    "...",
    "--- a",
    "... a",
    "a\nb",
    "a\n",
    "\na",
    "a\r\nb",
    "a\tb",
    "\ta",
    "a\u0085b",
    "a\u2028b",
    "a\u2029b",
  ],
  ...[
    "\ufeffa",
    "a\ufeffb",
    "\u0001\u001f\u007f\u0080\u009f",
    "😀",
    "é",
    "日本",
    "\ufffd",
    "\u00a0",
    "a".repeat(2000),
    "word ".repeat(300),
  ],
  ...[
    "os.environ/KEY",
    "https://a.example:443/x?y=z#f",
    "openai/*",
    "sk-123",
    "30d",
    "1d",
    "a=b",
    "50%",
    "(a)",
    "a;b",
    "^a$",
    "$a",
  ],
];

describe("what is rendered reads alike in PyYAML", () => {
  real("text, as a value, in a list and as a name", () => {
    const read = readByPython(SPECIAL.map((text) => renderConfig({ value: text, list: [text], map: { [text]: 1 } })));
    const expected = SPECIAL.map((text) => ({
      map: [
        [{ str: "list" }, { list: [{ str: text }] }],
        [{ str: "map" }, { map: [[{ str: text }, { int: 1 }]] }],
        [{ str: "value" }, { str: text }],
      ],
    }));
    expect(read).toEqual(expected);
  });

  real("numbers", () => {
    const numbers = [0, 1, -1, 2 ** 53, -(2 ** 53), 0.1, -1.5, 1e20];
    const floats = [1e21, 1e-7, 3e-6, 1.5e-7, -1e300, 5e-324, 1.7976931348623157e308];
    const read = readByPython([...numbers, ...floats, -0].map((value) => renderConfig({ value })));
    const values = (read as { map: [unknown, Record<string, unknown>][] }[]).map(({ map }) => map[0]?.[1]);
    expect(values.map((value) => (value && "float" in value ? Number(value.float) : value?.int))).toEqual([
      ...numbers,
      ...floats,
      -0,
    ]);
  });
});

real("the reading that findings speak of is PyYAML's", () => {
  const plain = SPECIAL.filter((text) => /^[\w.:+~=<-]*$/.test(text) && !/^(-|:|---|\.\.\.)|:$/.test(text));
  const kinds: Readonly<Record<string, string>> = {
    bool: "boolean",
    NoneType: "null",
    str: "text",
    int: "number",
    float: "number",
  };
  const read = readByPython(plain.map((text) => `a: ${text}\n`)) as Record<string, unknown>[];
  const kindOf = (result: Record<string, unknown>): string => {
    if ("error" in result) return "error";
    const [type] = Object.keys((result as { map: [unknown, object][] }).map[0]?.[1] ?? {});
    const value = (result as { map: [unknown, Record<string, unknown>][] }).map[0]?.[1];
    return value && "other" in value ? "date" : (kinds[type ?? ""] ?? "error");
  };
  // PyYAML cannot build a merge key in the place of a value either.
  expect(plain.map((text) => [text, readByPyYaml(text).kind.replace("merge", "error")])).toEqual(
    plain.map((text, index) => [text, kindOf(read[index] ?? {})]),
  );
});
