import fc from "fast-check";
import { parseSource, toValue } from "../../../core/source";
import { parseJson } from "../../../core/source/json-tree";

/** The same text, which the reader of YAML takes because a comment at its end is no JSON. */
const asYaml = (text: string) => parseSource(`${text}\n# a comment`, "a.yaml");

const value = fc.jsonValue({ maxDepth: 4 });

test.each([undefined, 1, 2, 7])(
  "any JSON is the same tree as by the reader of YAML, places included (indented by %s)",
  (indent) => {
    let taken = 0;
    fc.assert(
      fc.property(fc.dictionary(fc.string(), value), (object) => {
        const text = JSON.stringify(object, null, indent);
        const root = parseJson(text, "a.yaml");
        if (!root) return;
        taken += 1;
        expect({ root, comments: [] }).toEqual(asYaml(text));
        expect(toValue(root)).toEqual(JSON.parse(text));
      }),
      { numRuns: 300 },
    );
    expect(taken).toBeGreaterThan(40);
  },
);

test.each([
  '{ "a": 1, "a": 2 }',
  '{ "__proto__": 1 }',
  '{ "<<": { "a": 1 } }',
  '{ "a": 12345678901234567890 }',
  '{ "a": 1e999 }',
  "{ a: 1 }",
  '{ "a": 01 }',
  '{ "a": 1, }',
  '{ "a": 1 } # a comment',
  '{ "a": "x\ny" }',
  '{\t"a": 1 }',
  `{ "a": ${"[".repeat(60)}${"]".repeat(60)} }`,
  "[1]",
])("%s is left to the reader of YAML", (text) => {
  expect(parseJson(text, "a.yaml")).toBeUndefined();
});
