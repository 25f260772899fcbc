import * as z from "zod";
import { conform, describeSchema, parseSource } from "../../../core/source";

const rule = { severity: "error", summary: "", why: "", repair: "" } as const;
const options = { unknown: { ...rule, id: "unknown" }, invalid: { ...rule, id: "invalid" } };

function findings(text: string, schema: z.ZodType): unknown {
  const parsed = parseSource(text, "a.yaml");
  if (!("root" in parsed)) throw new Error("the test's own input is broken");
  const result = conform(parsed.root, schema, options);
  return "findings" in result ? result.findings : "none";
}

describe("a name that a mapping of free names does not take", () => {
  const anything = { rule: "invalid", severity: "error", place: expect.anything() };
  const plain = z.string().regex(/^[a-z]+$/, "not a plain name");

  test("is named, with what is expected of names", () => {
    const schema = z.object({ users: z.record(plain.meta({ description: "letters in lower case" }), z.object({})) });

    expect(findings("users:\n  bob: {}\n  Al ice: {}\n  \u{1F600}: {}\n", schema)).toEqual([
      {
        rule: "invalid",
        severity: "error",
        place: { file: "a.yaml", line: 3, column: 3 },
        path: 'users["Al ice"]',
        message: "not a plain name",
        got: '"Al ice"',
        expected: "letters in lower case",
      },
      expect.objectContaining({ place: { file: "a.yaml", line: 4, column: 3 }, got: '"\u{1F600}"' }),
    ]);
    expect(findings("users: { bob: {} }", schema)).toBe("none");
  });

  test("is told in the author's words, or by the bound that it crosses, where nothing describes names", () => {
    expect(findings("A: 1", z.record(plain, z.number()))).toEqual([
      { ...anything, path: "A", message: "not a plain name", got: '"A"' },
    ]);
    expect(findings('"": 1', z.record(z.string().min(1), z.number()))).toEqual([
      expect.objectContaining({ message: "this name does not fit", got: '""', expected: "at least 1 character" }),
    ]);
  });

  test("is not shown again where it may be a credential", () => {
    expect(findings("sk-canary-0123456789: 1", z.record(plain, z.number()))).toEqual([
      expect.objectContaining({ got: "a hidden value" }),
    ]);
    expect(findings("secrets: { A-B: 1 }", z.object({ secrets: z.record(plain, z.number()) }))).toEqual([
      expect.not.objectContaining({ got: expect.anything() }),
    ]);
  });
});

test("a switch is expected to be true or false, whatever else describes it", () => {
  const schema = z.object({ unsafe: z.boolean().meta({ description: "one zone: its failure stops it" }) });

  expect(findings("unsafe: yes", schema)).toEqual([
    expect.objectContaining({ got: '"yes"', expected: "true or false (one zone: its failure stops it)" }),
  ]);
  expect(describeSchema([z.boolean()])).toBe("true or false");
});
