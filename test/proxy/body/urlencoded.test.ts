import { rewriteUrlencoded } from "../../../proxy/src/body";
import { RULES } from "./rules";

const rewrite = (text: string, insertions = [] as Parameters<typeof rewriteUrlencoded>[2]) => {
  const result = rewriteUrlencoded(Buffer.from(text), RULES, insertions);
  return result.ok ? Buffer.concat(result.chunks).toString() : result.code;
};

test.each([
  ["a=1&user=eve&b=%32+3", "a=1&b=%32+3"],
  ["%75ser=eve&USER=eve&us%65r=eve&tags=a&tags=b", ""],
  ["metadata=%7B%22tags%22%3A1%7D&litellm_metadata%5Btags%5D=x&tags[]=x&a[]=1", "a[]=1"],
  ["user&&a", "a"],
  ["", ""],
])("%s becomes %s", (body, expected) => {
  expect(rewrite(body)).toBe(expected);
});

test("what is inserted stands at the end", () => {
  expect(rewrite("a=1&user=eve", [{ path: ["litellm_metadata"], json: `{"user":"ö&x"}` }])).toBe(
    "a=1&litellm_metadata=%7B%22user%22%3A%22%C3%B6%26x%22%7D",
  );
});

test.each([
  ["bad_form", "a=1;user=eve"],
  ["bad_form", "a=%zz"],
  ["bad_form", "us%ffer=1"],
  ["bad_form", "a=1\nb=2"],
  ["duplicate_member", "model=a&model=b"],
  ["ambiguous_member", "MODEL=a"],
  ["forbidden_member", "forbidden=1"],
])("%s: %s", (code, body) => {
  expect(rewrite(body)).toBe(code);
});
