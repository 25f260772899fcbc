import { parseOperation } from "../../../../tools/local/query-engine/graphql";

test("an operation is read with its alias, arguments and nested selection", () => {
  const source = `query {
  result: findManyUser
  (
    take: 5
    where: { name: { in: ["a", "b"] }, ok: true, none: null }
  )
  {
    id
    posts(orderBy: [{ id: desc }]) { id }
  }
}`;

  expect(parseOperation(source)).toEqual({
    name: "findManyUser",
    alias: "result",
    arguments: [
      ["take", { kind: "json", source: "5" }],
      [
        "where",
        {
          kind: "object",
          entries: [
            [
              "name",
              {
                kind: "object",
                entries: [
                  [
                    "in",
                    {
                      kind: "list",
                      items: [
                        { kind: "text", source: '"a"' },
                        { kind: "text", source: '"b"' },
                      ],
                    },
                  ],
                ],
              },
            ],
            ["ok", { kind: "json", source: "true" }],
            ["none", { kind: "json", source: "null" }],
          ],
        },
      ],
    ],
    selection: [
      { name: "id", alias: "id", arguments: [], selection: [] },
      {
        name: "posts",
        alias: "posts",
        arguments: [
          ["orderBy", { kind: "list", items: [{ kind: "object", entries: [["id", { kind: "enum", source: "desc" }]] }] }],
        ],
        selection: [{ name: "id", alias: "id", arguments: [], selection: [] }],
      },
    ],
  });
});

test.each([
  ["9007199254740993", "json"],
  ["-1.50", "json"],
  ["1e-07", "json"],
  ['"plain"', "text"],
  ['"a\\"b\\\\"', "text"],
  ['"{ } ( ) [ ] : ,"', "text"],
  ['"\u2028 é 😀"', "text"],
  ["truely", "enum"],
])("the value %s is kept as it is written", (source, kind) => {
  const { arguments: entries } = parseOperation(`mutation { result: x(value: ${source}) }`);

  expect(entries).toEqual([["value", { kind, source }]]);
});

test("a string of megabytes with many escapes is read", () => {
  const source = JSON.stringify('"'.repeat(2_000_000));

  expect(parseOperation(`mutation { x(value: ${source}) }`).arguments).toEqual([["value", { kind: "text", source }]]);
});

test.each([
  ["", "expected query or mutation at character 0"],
  ["subscription { x }", "expected query or mutation at character 0"],
  ["query { }", "expected an operation with one field"],
  ["query { a b }", "expected an operation with one field"],
  ["query { a", "expected a field at character 9"],
  ["query { a(x 1) }", "expected : at character 12"],
  ["query { a(x: ) }", "expected a value at character 13"],
  ['query { a(x: "b) }', "expected the end of the string that starts at character 13"],
  ["query { a } b", "expected the end at character 12"],
])("%j is refused with the place", (source, message) => {
  expect(() => parseOperation(source)).toThrow(message);
});
