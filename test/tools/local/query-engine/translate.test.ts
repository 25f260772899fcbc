import { readModels } from "../../../../tools/local/query-engine/models";
import { translate } from "../../../../tools/local/query-engine/translate";

const models = readModels(`
datasource client {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}
model Team {
  id       String  @id // Json
  name     String?
  metadata Json    @default("{}")
  data     Json?
  members  User[]
}
model User {
  id      String @id
  teamId  String
  team    Team   @relation(fields: [teamId], references: [id])
  extra   Json?
}`);

function query(source: string): unknown {
  return JSON.parse(translate(source, models).query);
}

/** The arguments that a query is translated to. */
function argumentsOf(source: string): unknown {
  return (query(source) as { query: { arguments: unknown } }).query.arguments;
}

const json = (value: string): object => ({ $type: "Json", value });

test("a model's fields and their types come from its schema", () => {
  expect(Object.fromEntries(models.get("User") ?? [])).toEqual({ id: "String", teamId: "String", team: "Team", extra: "Json" });
});

test("an operation on a model becomes its action, arguments and selection", () => {
  expect(query('query { result: findUniqueTeam(where: { id: "a" }) { id members(take: 1) { id } } }')).toEqual({
    modelName: "Team",
    action: "findUnique",
    query: {
      arguments: { where: { id: "a" } },
      selection: { id: true, members: { arguments: { take: 1 }, selection: { id: true } } },
    },
  });
});

test.each([
  ["findFirstTeamOrThrow", "findFirstOrThrow"],
  ["findUniqueTeamOrThrow", "findUniqueOrThrow"],
  ["createManyTeam", "createMany"],
  ["upsertOneTeam", "upsertOne"],
  ["groupByTeam", "groupBy"],
])("%s is the action %s", (name, action) => {
  expect(query(`query { result: ${name} { id } }`)).toMatchObject({ modelName: "Team", action });
});

test.each([
  ["mutation { x: dropTeam { id } }", "unknown action dropTeam"],
  ["mutation { x: createOneNobody { id } }", "unknown model Nobody"],
])("%s is refused", (source, message) => {
  expect(() => translate(source, models)).toThrow(message);
});

test.each([
  [
    "in a new record",
    'mutation { x: createOneTeam(data: { name: "{}", metadata: "{}" }) { id } }',
    { data: { name: "{}", metadata: json("{}") } },
  ],
  [
    "in each of several records",
    'mutation { x: createManyTeam(data: [{ metadata: "1" }, { metadata: "2" }]) { count } }',
    { data: [{ metadata: json("1") }, { metadata: json("2") }] },
  ],
  [
    "within set",
    'mutation { x: updateOneTeam(data: { metadata: { set: "1" } }) { id } }',
    { data: { metadata: { set: json("1") } } },
  ],
  [
    "in a field that is called as an argument is",
    'mutation { x: createOneTeam(data: { data: "1" }) { id } }',
    { data: { data: json("1") } },
  ],
  [
    "in both records of an upsert",
    'mutation { x: upsertOneTeam(create: { metadata: "1", id: "a" }, update: { metadata: "2" }) { id } }',
    { create: { metadata: json("1"), id: "a" }, update: { metadata: json("2") } },
  ],
  [
    "in a record of another model",
    'mutation { x: createOneTeam(data: { members: { create: [{ extra: "1", teamId: "a" }] } }) { id } }',
    { data: { members: { create: [{ extra: json("1"), teamId: "a" }] } } },
  ],
  [
    "in filters, within AND too, but not in those of another type",
    'query { x: findManyTeam(where: { AND: [{ metadata: { path: ["k"], equals: "1", string_contains: "a" } }], name: { not: "b" } }) { id } }',
    { where: { AND: [{ metadata: { path: ["k"], equals: json("1"), string_contains: "a" } }], name: { not: "b" } } },
  ],
  [
    "in the filter of another model",
    'query { x: findManyUser(where: { team: { is: { metadata: { equals: "1" }, name: "a" } } }) { id } }',
    { where: { team: { is: { metadata: { equals: json("1") }, name: "a" } } } },
  ],
])("JSON is tagged %s", (_, source, expected) => {
  expect(argumentsOf(source)).toEqual(expected);
});

test("numbers and escapes reach the engine as they are written", () => {
  const { query: text } = translate(
    'mutation { x: createOneTeam(data: { n: 9007199254740993, f: 1.50, s: "a\\u0001\\"b" }) { id } }',
    models,
  );

  expect(text).toContain('"n":9007199254740993,"f":1.50,"s":"a\\u0001\\"b"');
});

test("an enum value becomes a string", () => {
  expect(argumentsOf("query { x: findManyTeam(orderBy: [{ id: desc }]) { id } }")).toEqual({ orderBy: [{ id: "desc" }] });
});

test("the client's own SQL has no model, and nothing in it is JSON", () => {
  const source = 'mutation { result: queryRaw(query: "SELECT $1", parameters: "[\\"a\\"]") }';

  expect(translate(source, models)).toMatchObject({ alias: "result", raw: true });
  expect(query(source)).toEqual({
    action: "queryRaw",
    query: { arguments: { query: "SELECT $1", parameters: '["a"]' }, selection: {} },
  });
});

test("a count selects from its own kind of field", () => {
  expect(query("query { result: aggregateTeam { _count { _all } } }")).toMatchObject({
    query: { selection: { _count: { arguments: {}, selection: { _all: true } } } },
  });
});
