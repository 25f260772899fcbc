import { type Insertion, rewriteJson } from "../../../proxy/src/body";
import { RULES } from "./rules";

const rewrite = (text: string | Buffer, insertions: readonly Insertion[] = []) =>
  rewriteJson(Buffer.from(text as string), RULES, insertions);

function forwarded(text: string, insertions: readonly Insertion[] = []): string {
  const result = rewrite(text, insertions);
  if (!result.ok) throw new Error(`${result.code}: ${result.message}`);
  const bytes = Buffer.concat(result.chunks);
  expect(bytes.length).toBe(result.length);
  return bytes.toString();
}

function refused(text: string | Buffer): string {
  const result = rewrite(text);
  return result.ok ? `forwarded ${Buffer.concat(result.chunks).toString()}` : result.code;
}

/** What a reader would see in place of a removed member. */
const gone = (text: string) => " ".repeat(Buffer.byteLength(text));

describe("what is removed becomes spaces, and nothing else moves", () => {
  test.each([
    ["the only member", `{"user":"eve"}`, `{${gone(`"user":"eve"`)}}`],
    ["the first member", `{"user":"eve","a":1}`, `{${gone(`"user":"eve",`)}"a":1}`],
    ["one in the middle", `{"a":1,"user":"eve","b":2}`, `{"a":1${gone(`,"user":"eve"`)},"b":2}`],
    ["the last member", `{"a":1,"user":"eve"}`, `{"a":1${gone(`,"user":"eve"`)}}`],
    ["all members", `{"user":1,"tags":[2]}`, `{${gone(`"user":1,"tags":[2]`)}}`],
    ["the first two", `{"user":1,"tags":[2],"a":1}`, `{${gone(`"user":1,"tags":[2],`)}"a":1}`],
    ["two around one that stays", `{"user":1,"a":1,"tags":[]}`, `{${gone(`"user":1,`)}"a":1${gone(`,"tags":[]`)}}`],
    ["a name written with an escape", `{"a":1,"\\u0075s\\u0065r":"eve"}`, `{"a":1${gone(`,"\\u0075s\\u0065r":"eve"`)}}`],
    ["a name in other letters", `{"a":1,"User":1}`, `{"a":1${gone(`,"User":1`)}}`],
    ["a name that Go takes for another", `{"a":1,"uſer":1}`, `{"a":1${gone(`,"uſer":1`)}}`],
    ["a name by its beginning", `{"user_api_key_team_id":"x","a":1}`, `{${gone(`"user_api_key_team_id":"x",`)}"a":1}`],
    ["an object", `{"user":{"a":[{"}":"]"}]},"a":1}`, `{${gone(`"user":{"a":[{"}":"]"}]},`)}"a":1}`],
    ["text with quotes and backslashes", `{"user":"\\"\\\\","a":1}`, `{${gone(`"user":"\\"\\\\",`)}"a":1}`],
    ["a member of metadata", `{"metadata":{"tags":["x"],"a":1}}`, `{"metadata":{${gone(`"tags":["x"],`)}"a":1}}`],
    ["the last one of metadata", `{"metadata":{"a":1,"tags":[]}}`, `{"metadata":{"a":1${gone(`,"tags":[]`)}}}`],
    [
      "all of metadata, and so metadata",
      `{"a":1,"metadata":{"tags":[]},"b":2}`,
      `{"a":1${gone(`,"metadata":{"tags":[]}`)},"b":2}`,
    ],
    ["metadata as the first member", `{"metadata":{"tags":[]},"b":2}`, `{${gone(`"metadata":{"tags":[]},`)}"b":2}`],
  ])("%s", (_, body, expected) => {
    expect(forwarded(body)).toBe(expected);
  });
});

describe("what stays is the same bytes", () => {
  test.each([
    `{}`,
    ` \t\r\n{ }\n`,
    `{"seed":9007199254740993,"x":1.0,"y":1E5,"tools":[],"z":-0}`,
    `{"a" : "größe 名" , "b":"\\u00e9\\/"}\n`,
    `{"metadata":{}}`,
    `{"metadata":null}`,
    `{"metadata":{"trace":"a","nested":{"tags":["kept"],"user":"kept"}}}`,
    `{"messages":[{"role":"user","content":"user","user":"kept","metadata":{"tags":[1]}}]}`,
    `{"users":1,"use":2,"user ":3,"u ser":4,"":5}`,
    `{"n":NaN,"i":-Infinity}`,
    `{"same":1,"same":2}`,
    `{"long":"${"x".repeat(200)}\\"${"y".repeat(200)}"}`,
    `{"options":{"a":1}}`,
  ])("%s", (body) => {
    expect(forwarded(body)).toBe(body);
  });
});

describe("what is written in", () => {
  const root: Insertion = { path: ["litellm_metadata"], json: `{"user":"größe"}` };
  const nested: Insertion = { path: ["metadata", "tags"], json: `["a,b"]` };

  test.each([
    ["at the end of the object", [root], `{"a":1}`, `{"a":1,"litellm_metadata":{"user":"größe"}}`],
    ["into an empty object", [root], `{}`, `{ "litellm_metadata":{"user":"größe"}}`],
    ["into no body at all", [root], ``, `{ "litellm_metadata":{"user":"größe"}}`],
    [
      "instead of the client's",
      [root],
      `{"litellm_metadata":1}`,
      `{${gone(`"litellm_metadata":1`)} "litellm_metadata":{"user":"größe"}}`,
    ],
    ["into metadata", [nested], `{"metadata":{"a":1}}`, `{"metadata":{"a":1,"tags":["a,b"]}}`],
    ["into metadata that loses all", [nested], `{"metadata":{"tags":0}}`, `{"metadata":{${gone(`"tags":0`)} "tags":["a,b"]}}`],
    ["as metadata where there is none", [nested], `{"a":1}`, `{"a":1,"metadata":{"tags":["a,b"]}}`],
    ["as metadata in place of null", [nested], `{"metadata":null}`, `{${gone(`"metadata":null`)} "metadata":{"tags":["a,b"]}}`],
    ["both", [root, nested], `{}`, `{ "litellm_metadata":{"user":"größe"},"metadata":{"tags":["a,b"]}}`],
  ])("%s", (_, insertions, body, expected) => {
    expect(forwarded(body, insertions)).toBe(expected);
  });

  test("a place that the client's own member would keep is a mistake of the caller", () => {
    expect(() => rewrite("{}", [{ path: ["other"], json: "1" }])).toThrow("needs a rule that removes");
    expect(() => rewrite("{}", [{ path: ["metadata", "a", "b"], json: "1" }])).toThrow("one or two steps");
  });
});

describe("what is refused", () => {
  test.each([
    ["duplicate_member", `{"user":1,"user":2}`],
    ["duplicate_member", `{"user":1,"us\\u0065r":2}`],
    ["duplicate_member", `{"user":1,"USER":2}`],
    ["duplicate_member", `{"model":"a","model":"b"}`],
    ["duplicate_member", `{"metadata":{},"metadata":{}}`],
    ["duplicate_member", `{"metadata":{"tags":1,"tags":2}}`],
    ["ambiguous_member", `{"Model":"a"}`],
    ["ambiguous_member", `{"METADATA":{"tags":[]}}`],
    ["forbidden_member", `{"forbidden":1}`],
    ["forbidden_member", `{"forb\\u0069dden":1}`],
    ["wrong_type", `{"metadata":"{\\"tags\\":[\\"x\\"]}"}`],
    ["wrong_type", `{"metadata":[]}`],
    ["wrong_type", `{"metadata":7}`],
    ["wrong_type", `{"options":7}`],
    ["wrong_type", `{"custom_llm_provider":{}}`],
    ["wrong_type", `{"model":["a"]}`],
    ["wrong_type", `{"stream":{}}`],
    ["not_an_object", `[]`],
    ["not_an_object", `"user"`],
    ["not_an_object", `\ufeff{"a":1}`],
    ["truncated_json", ` `],
    ["truncated_json", `{`],
    ["truncated_json", `{"a`],
    ["truncated_json", `{"a":"b\\`],
    ["truncated_json", `{"a":[{}`],
    ["truncated_json", `{"a":1`],
    ["truncated_json", `{"a":1,"user":2`],
    ["trailing_data", `{"a":1}{"user":2}`],
    ["trailing_data", `{"a":1}\0`],
    ["bad_json", `{"a":1,}`],
    ["bad_json", `{,"a":1}`],
    ["bad_json", `{"a" 1}`],
    ["bad_json", `{"a":}`],
    ["bad_json", `{"a":,"b":1}`],
    ["bad_json", `{"a":1 "b":2}`],
    ["bad_json", `{"a":1]`],
    ["bad_json", `{a:1}`],
    ["bad_json", `{'a':1}`],
    ["bad_json", `{"a":1/**/}`],
    ["bad_json", `{"us\ner":1}`],
    ["bad_json", `{"us\\x65r":1}`],
    ["bad_json", `{"us\\ud800er":1}`],
    ["bad_json", `{"model":"\\x"}`],
    ["bad_json", `{"stream":tru}`],
  ])("%s: %s", (code, body) => {
    expect(refused(body)).toBe(code);
  });

  test("bytes that are not UTF-8", () => {
    expect(refused(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))).toBe("bad_utf8");
    expect(refused(Buffer.from(`{"a":1}`, "utf16le"))).toBe("bad_json");
  });

  test("a message never repeats what the client sent", () => {
    const result = rewrite(`{"forb\\u0069dden":"secret","user":1}`);
    expect(result).toEqual({ ok: false, code: "forbidden_member", message: "the member forbidden is not allowed" });
  });
});

test("a thousand brackets may be open, the outermost included, and no more", () => {
  const nested = (count: number) => `{"a":${"[".repeat(count)}${"]".repeat(count)}}`;
  expect(forwarded(nested(999))).toBe(nested(999));
  expect(refused(nested(1000))).toBe("too_deep");
});

test("members that are wanted are read, with their escapes resolved", () => {
  const result = rewrite(`{"messages":[{"model":"no"}],"model":"gpt-\\u0034o","stream":true}`);
  expect(result.ok && [...result.values]).toEqual([
    ["model", "gpt-4o"],
    ["stream", true],
  ]);
});
