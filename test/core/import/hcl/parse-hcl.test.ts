import { HclError, parseHcl } from "../../../../core/import/hcl/parse-hcl";

function problem(text: string): string {
  try {
    parseHcl(text, "bad.tf");
    return "none";
  } catch (error) {
    if (error instanceof HclError) return error.message;
    throw error;
  }
}

const many = (opening: string): string => `x = ${opening.repeat(5000)}`;

test.each([
  ["interpolations", many('"${')],
  ["directives", many('"%{')],
  ["interpolations of calls", many('"${f(')],
  ["interpolations in lists", many('["${')],
  ["interpolated names", many('{"${')],
  ["interpolations behind a value", many('1 + "${')],
  ["brackets in an interpolation", `x = "\${${"(".repeat(5000)}`],
  ["calls", many("f(")],
  ["mappings", many("{a=")],
  ["blocks", "a {".repeat(5000)],
])("%s that are nested too deep are refused", (_, text) => {
  expect(problem(text)).toMatch(/^(values|brackets|blocks) are nested too deep$/);
});

test("interpolations in interpolations are passed over", () => {
  const text = `x = ${'"${f('.repeat(20)}1${')}"'.repeat(20)}\ny = 2\n`;

  expect(parseHcl(text, "good.tf")).toEqual([
    expect.objectContaining({ path: ["x"], value: expect.objectContaining({ what: "a text with an interpolation" }) }),
    expect.objectContaining({ path: ["y"], value: expect.objectContaining({ value: 2 }) }),
  ]);
});

test("a comment that does not end is refused, once for all", () => {
  expect(problem(`x = f(${"/*".repeat(50_000)}`)).toBe("a comment is not closed");
  expect(problem("x = 1 /* one */\n/* two\n")).toBe("a comment is not closed");
  expect(problem("x = 1 /* one */\n/* two */\n")).toBe("none");
});
