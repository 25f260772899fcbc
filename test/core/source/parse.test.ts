import { type MapNode, nodeAt, parseSource, placeOfName, placeOfValue, showPath, toValue } from "../../../core/source";

function parsed(text: string): MapNode {
  const result = parseSource(text, "file.yaml");
  if ("findings" in result) throw new Error(JSON.stringify(result.findings));
  return result.root;
}

describe("a text becomes a tree in which everything knows where it was written", () => {
  test("names and values carry line and column, counted from 1", () => {
    const root = parsed("a: 1\nb:\n  - c: two\n");

    expect(placeOfName(root, ["b", 0, "c"])).toEqual({ file: "file.yaml", line: 3, column: 5 });
    expect(placeOfValue(root, ["b", 0, "c"])).toEqual({ file: "file.yaml", line: 3, column: 8 });
  });

  test("a path that leads nowhere is placed at what encloses it", () => {
    expect(placeOfValue(parsed("a:\n  b: 1\n"), ["a", "x", "y"])).toEqual({ file: "file.yaml", line: 2, column: 3 });
  });

  test("comments, anchors and aliases are read, and an aliased value keeps its own place", () => {
    const root = parsed("base: &base { x: 1 } # comment\nuse: *base\n");

    expect(toValue(root)).toEqual({ base: { x: 1 }, use: { x: 1 } });
    expect(placeOfValue(root, ["use", "x"])).toMatchObject({ line: 1 });
  });

  test.each([
    ["one mapping", "a: &a { x: 1, y: 1 }\nb: { <<: *a, y: 2 }\n", { x: 1, y: 2 }],
    ["a list, the first winning", "a: &a { x: 1 }\nc: &c { x: 9, z: 3 }\nb: { <<: [*a, *c], y: 2 }\n", { x: 1, y: 2, z: 3 }],
    ["a mapping written in place", "b: { <<: { x: 1 }, y: 2 }\n", { x: 1, y: 2 }],
  ])("a merge key takes %s", (_title, text, expected) => {
    expect(toValue(nodeAt(parsed(text), ["b"]) as MapNode)).toEqual(expected);
  });

  test("a quoted << is a name like any other", () => {
    expect(toValue(parsed('b: { "<<": 1 }\n'))).toEqual({ b: { "<<": 1 } });
  });

  test("an alias means the anchor nearest before it", () => {
    expect(toValue(parsed("a: &x 1\nb: *x\nc: &x 2\nd: *x\n"))).toEqual({ a: 1, b: 1, c: 2, d: 2 });
  });

  test("scalars keep the text that they were written as", () => {
    const root = parsed('a: 0o7\nb: "0o7"\nc: on\n');

    expect(nodeAt(root, ["a"])).toMatchObject({ value: 7, text: "0o7", plain: true });
    expect(nodeAt(root, ["b"])).toMatchObject({ value: "0o7", plain: false });
    expect(nodeAt(root, ["c"])).toMatchObject({ value: "on", plain: true });
  });

  test("a BOM and Windows line ends are no problem", () => {
    expect(toValue(parsed("\ufeffa: 1\r\nb: 2\r\n"))).toEqual({ a: 1, b: 2 });
  });
});

test("paths are shown as a user would write them", () => {
  expect(showPath(["model_list", 3, "litellm_params", "x-y", "a b"])).toBe('model_list[3].litellm_params.x-y["a b"]');
});
