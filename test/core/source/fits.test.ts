import * as fc from "fast-check";
import * as z from "zod";
import { fits } from "../../../core/source/fits";

const mapping = z.strictObject({
  name: z.string().min(1).max(3),
  size: z.int().min(1).optional(),
  list: z.array(z.string().max(2)).optional(),
  free: z.record(z.string(), z.unknown()).optional(),
  one: z
    .strictObject({ a: z.string().optional(), b: z.object({ c: z.boolean() }).optional() })
    .refine(({ a, b }) => (a === undefined) !== (b === undefined))
    .optional(),
});
const items = z.record(z.string(), mapping);

test.each([
  ["everything that is known", { x: { name: "n", size: 1, list: ["a", ""], free: { z: [null, { deep: 1 }] }, one: { a: "" } } }],
  ["a mapping in a mapping that is looked at as a whole", { x: { name: "n", one: { b: { c: true } } } }],
  ["only what must be there", { x: { name: "n" }, constructor: { name: "n" } }],
  ["nothing", {}],
])("%s fits", (_, value) => {
  expect(fits(items, value)).toBe(true);
  expect(items.parse(value)).toEqual(value);
});

test.each([
  ["an unknown name", { name: "n", other: 1 }],
  ["a name of every object", { name: "n", toString: 1 }],
  ["a missing name", { size: 1 }],
  ["a value out of range", { name: "long" }],
  ["a value of another kind", { name: "n", size: "1" }],
  ["an item of another kind", { name: "n", list: ["a", 1] }],
  ["a list in the place of a mapping", { name: "n", free: [] }],
  ["nothing in the place of a mapping", null],
  ["a refinement that is not met", { name: "n", one: {} }],
])("%s does not fit", (_, value) => {
  expect(fits(mapping, value)).toBe(false);
  expect(mapping.safeParse(value).success).toBe(false);
});

test.each([
  ["a value that would be filled in", z.strictObject({ a: z.string().default("x") }), {}],
  ["a value that would be changed", z.strictObject({ a: z.string().trim() }), { a: " x" }],
  ["a value in a list that would be changed", z.array(z.string().toLowerCase()), ["X"]],
  ["names that would be left out", z.object({ a: z.string() }), { a: "x", b: 1 }],
  ["names of a record that have to have a shape", z.record(z.string().regex(/^a/), z.string()), { b: "x" }],
  [
    "a refinement of something that may be missing",
    z
      .string()
      .optional()
      .refine((text) => text === "a"),
    "b",
  ],
])("%s is left to zod", (_, schema, value) => {
  expect(fits(schema, value)).toBe(false);
});

test("what fits is what zod gives back", () => {
  const some = <T>(value: fc.Arbitrary<T>) => fc.oneof({ weight: 9, arbitrary: value }, { weight: 1, arbitrary: fc.jsonValue() });
  const one = fc.record({ a: fc.string(), b: fc.record({ c: some(fc.boolean()) }) }, { requiredKeys: [] });
  const text = fc.string({ maxLength: 3 });
  const free = fc.dictionary(text, fc.jsonValue());
  const fields = { name: some(text), size: some(fc.nat()), list: some(fc.array(text)), free: some(free), one };
  let fitting = 0;
  fc.assert(
    fc.property(fc.record(fields, { requiredKeys: ["name"] }), (value) => {
      const result = mapping.safeParse(value);
      expect(fits(mapping, value)).toBe(result.success);
      if (!result.success) return;
      fitting += 1;
      expect(result.data).toEqual(value);
    }),
    { numRuns: 500, seed: 7 },
  );
  expect(fitting).toBeGreaterThan(20);
});
