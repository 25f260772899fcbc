import { cleanQuery } from "../../../proxy/src/query";

const ALLOWED = ["model", "api-version", "include[]"];

test.each([
  ["", ""],
  ["model=gpt-4o", "model=gpt-4o"],
  ["model=openai/gpt-4o&api-version=2024-06-01", "model=openai/gpt-4o&api-version=2024-06-01"],
  ["model=openai%2Fgpt-4o", "model=openai/gpt-4o"],
  ["%6dodel=a", "model=a"],
  ["include[]=a&include%5B%5D=b", "include%5B%5D=a&include%5B%5D=b"],
  ["model", "model="],
])("what a route allows is forwarded: %s", (query, expected) => {
  expect(cleanQuery(query, ALLOWED)).toMatchObject({ ok: true, query: expected });
});

test.each([
  "user=eve",
  "%75ser=eve",
  "metadata=%7B%22user_id%22%3A%22eve%22%7D",
  "litellm_metadata=%7B%7D",
  "safety_identifier=eve",
  "key=sk-1",
  "a=b?user=eve",
  "?user=eve",
  "Model=a",
  "model%00=a",
  "%zz=1",
  "include=a",
])("what it does not allow is dropped: %s", (query) => {
  expect(cleanQuery(`${query}&model=a`, ALLOWED)).toMatchObject({ ok: true, query: "model=a" });
});

test.each([
  ["query_ambiguous", "model=a&model=b"],
  ["query_ambiguous", "model=a&%6dodel=a"],
  ["query_malformed", "model=a;user=eve"],
  ["query_malformed", "model=a%26user=eve"],
  ["query_malformed", "model=a%0d%0ax:y"],
  ["query_malformed", "model=%zz"],
  ["query_malformed", `model=${"a".repeat(1001)}`],
])("what could be read in two ways is refused: %s %s", (code, query) => {
  expect(cleanQuery(query, ALLOWED)).toMatchObject({ ok: false, code });
});

test("the values of what is forwarded can be judged", () => {
  const result = cleanQuery("user=eve&model=openai%2Fgpt-4o", ALLOWED);
  expect(result.ok && [...result.values]).toEqual([["model", "openai/gpt-4o"]]);
});

test("a list of any length costs no more than its length", () => {
  const query = Array.from({ length: 200_000 }, () => "include[]=a").join("&");
  expect(cleanQuery(query, ALLOWED)).toMatchObject({ ok: true });
});
