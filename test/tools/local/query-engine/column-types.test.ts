import { Client, types } from "pg";
import { shownType, TextualClient } from "../../../../tools/local/query-engine/column-types";

const { builtins } = types;

test.each([
  ["int8", builtins.INT8, builtins.INT8],
  ["jsonb", builtins.JSONB, builtins.JSONB],
  ["text[]", 1009, 1009],
  ["name[]", 1003, 1009],
  ["name", 19, builtins.TEXT],
  ["interval", 1186, builtins.TEXT],
  ["void", 2278, builtins.TEXT],
  ["a type of the database's own", 16_384, 16_384],
])("%s is shown as a type that the adapter reads", (_, id, shown) => {
  expect(shownType(id)).toBe(shown);
});

test("a connection that breaks within a transaction does not end the process", () => {
  expect(() => new TextualClient().emit("error", new Error("terminating connection"))).not.toThrow();
});

describe("a connection", () => {
  const fields = (): { fields: { dataTypeID: number }[] } => ({ fields: [{ dataTypeID: 1003 }, { dataTypeID: 23 }] });
  const asked: { types: { getTypeParser: (id: number, format: string) => unknown } }[] = [];
  let send: jest.SpyInstance;

  beforeEach(() => {
    asked.length = 0;
    send = jest.spyOn(Client.prototype, "query").mockImplementation(((
      query: (typeof asked)[number],
      _: unknown,
      callback?: (error: null, result: ReturnType<typeof fields>) => void,
    ) => {
      asked.push(query);
      return callback === undefined ? Promise.resolve(fields()) : callback(null, fields());
    }) as unknown as Client["query"]);
  });
  afterEach(() => send.mockRestore());

  const query = { text: "SELECT", types: { getTypeParser: (id: number) => id } };

  test("shows such columns to who awaits", async () => {
    const { fields: shown } = await new TextualClient().query(query as never, []);

    expect(shown.map(({ dataTypeID }) => dataTypeID)).toEqual([1009, 23]);
  });

  test("shows such columns to who calls back, as a pool does", () => {
    const shown: number[] = [];
    const callback = (_: Error, result: ReturnType<typeof fields>): void =>
      void shown.push(...result.fields.map((field) => field.dataTypeID));

    (new TextualClient().query as unknown as (...parameters: unknown[]) => void)(query, [], callback);

    expect(shown).toEqual([1009, 23]);
  });

  test("reads values as the type that is shown", async () => {
    await new TextualClient().query(query as never, []);

    expect(asked[0]?.types.getTypeParser(1003, "text")).toBe(1009);
  });
});
