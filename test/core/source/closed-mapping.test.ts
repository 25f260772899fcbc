import * as z from "zod";
import { closedMapping, conform, knownNames, parseSource } from "../../../core/source";

const rule = { severity: "error", summary: "", why: "", repair: "" } as const;
const options = { unknown: { ...rule, id: "unknown" }, invalid: { ...rule, id: "invalid" } };

function findings(text: string, schema: z.ZodType): unknown {
  const parsed = parseSource(text, "a.yaml");
  if (!("root" in parsed)) throw new Error("the test's own input is broken");
  const result = conform(parsed.root, schema, options);
  return "findings" in result
    ? result.findings.map(({ rule, path, expected, repair }) => [rule, path, expected ?? repair])
    : "none";
}

const inner = closedMapping({ name: z.string(), size: z.number().nullable() }, { required: ["name"] });
const schema = closedMapping({ inner, list: z.array(inner) });

test("a mapping with known names of the right kinds is accepted", () => {
  expect(findings("inner: { name: a, size: }\nlist: [{ name: b }]", schema)).toBe("none");
});

test("unknown, missing and wrong values are found at any depth, all at once", () => {
  expect(findings("inner: { nane: a }\nlist: [{ name: 1 }, 2]\nother: 1", schema)).toEqual([
    ["unknown", "other", "inner, list"],
    ["unknown", "inner.nane", "did you mean name?"],
    ["invalid", "inner.name", "text"],
    ["invalid", "list[0].name", "text"],
    ["invalid", "list[1]", "a mapping"],
  ]);
});

test("its names are known, through wrappers too", () => {
  expect(knownNames(schema.nullable(), ["list", 0])).toEqual(["name", "size"]);
});

test("names can be accepted, and demanded, by what else the mapping holds", () => {
  const lenient = closedMapping(
    { kind: z.string(), extra: z.string() },
    { accepts: (name) => name.startsWith("x-"), required: ({ kind }) => (kind === "full" ? ["extra"] : []) },
  );
  expect(findings("kind: full\nx-a: 1\ny: 2", lenient)).toEqual([
    ["unknown", "y", "kind, extra"],
    ["invalid", "extra", "text"],
  ]);
  expect(findings("kind: other", lenient)).toBe("none");
});

test("names that every object has are unknown", () => {
  expect(findings("constructor: 1\ntoString: 2", closedMapping({}))).toEqual([
    ["unknown", "constructor", undefined],
    ["unknown", "toString", undefined],
  ]);
});
