import { connectionSettings } from "../../../../tools/local/query-engine/connection";

const url = "postgresql://litellm:p%40ss@127.0.0.1:5433/litellm";

test("Prisma's parameters are taken out of the URL, the driver's stay", () => {
  const parameters = "connection_limit=3&pool_timeout=60&schema=other&sslmode=disable&pgbouncer=true";

  expect(connectionSettings({ DATABASE_URL: `${url}?${parameters}` })).toEqual({
    url: `${url}?sslmode=disable`,
    schema: "other",
    connections: 3,
    patience: 60_000,
  });
});

test("without parameters there are ten connections and ten seconds of patience", () => {
  expect(connectionSettings({ DATABASE_URL: url })).toEqual({ url, schema: undefined, connections: 10, patience: 10_000 });
});

test.each([
  ["JSON", (text: string) => text],
  ["Base64", (text: string) => Buffer.from(text).toString("base64")],
])("a data source that the client names as %s comes first", (_, encode) => {
  const OVERWRITE_DATASOURCES = encode(JSON.stringify([{ name: "client", url }]));

  expect(connectionSettings({ OVERWRITE_DATASOURCES, DATABASE_URL: "postgresql://other/x" }).url).toBe(url);
});

test.each([undefined, "", "nonsense"])("the URL %j is refused without showing it", (DATABASE_URL) => {
  expect(() => connectionSettings({ DATABASE_URL })).toThrow(/^DATABASE_URL is not set, or is no URL$/);
});
