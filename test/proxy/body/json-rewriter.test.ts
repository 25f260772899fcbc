import { type Insertion, JsonRewriter, rewriteJson } from "../../../proxy/src/body";
import { RULES } from "./rules";

/** Feeds a body in pieces of `size` bytes. */
function stream(text: string | Buffer, size: number, insertions: readonly Insertion[] = [], known = true) {
  const body = Buffer.from(text as string);
  const rewriter = new JsonRewriter(RULES, { insertions, ...(known && { length: body.length }) });
  const out: Buffer[] = [];
  for (let i = 0; i < body.length; i += size) {
    const piece = rewriter.feed(Buffer.from(body.subarray(i, i + size)));
    if (!piece.ok) return { ...piece, out: Buffer.concat(out).toString(), rewriter };
    // What is given out is sent later: it must not change any more.
    out.push(...piece.chunks.map((chunk) => Buffer.from(chunk)));
  }
  const before = Buffer.concat(out).toString();
  const last = rewriter.end();
  if (!last.ok) return { ...last, out: before, rewriter };
  return { ok: true as const, text: Buffer.concat([...out, ...last.chunks]).toString(), before, length: body.length, rewriter };
}

const whole = (text: string, insertions: readonly Insertion[] = []): string => {
  const result = rewriteJson(Buffer.from(text), RULES, insertions);
  return result.ok ? Buffer.concat(result.chunks).toString() : result.code;
};

const LONG = "x".repeat(100);
const BODIES = [
  `{}`,
  ` { "a" : 1 , "user" : "eve" , "b" : [ { "c" : "}" } ] , "tags" : [ "x" ] } \n`,
  `{"user":"${LONG}","metadata":{"tags":["${LONG}"],"user_id":1},"model":"gpt-\\u0034o","a":-1.5e3}`,
  `{"metadata":{"tags":1,"keep":{"tags":2},"user_id":3},"\\u0075ser":{"a":"\\\\"},"long":"${LONG}\\"${LONG}\\\\"}`,
  `{"größe":"名字","uſer":1,"metadata":{"user_id":0},"stream":false}`,
  `{"user":1,"tags":2,"litellm_metadata":{"user":3},"metadata":{}}`,
  `{"metadata":null,"user_api_key_x":[[["]"]]]}`,
];
const INSERTIONS: readonly Insertion[] = [
  { path: ["litellm_metadata"], json: `{"user":"größe"}` },
  { path: ["metadata", "tags"], json: `["a,b"]` },
];
const SIZES = [1, 2, 3, 5, 8, 13, 64, 10_000];

describe.each(SIZES)("in pieces of %d bytes", (size) => {
  test.each(BODIES)("the same goes out as from the whole: %s", (body) => {
    const result = stream(body, size);
    // Only white space behind the object may move before its brace.
    expect(result.ok && JSON.parse(result.text)).toEqual(JSON.parse(whole(body)));
    expect(result.ok && result.text.replace(/\s*\}\s*$/, "")).toBe(whole(body).replace(/\s*\}\s*$/, ""));
    expect(result.ok && Buffer.byteLength(result.text)).toBe(Buffer.byteLength(body));
  });

  test.each(BODIES)("it is longer by what was announced, with insertions: %s", (body) => {
    const result = stream(body, size, INSERTIONS);
    expect(result.ok && JSON.parse(result.text)).toEqual(JSON.parse(whole(body, INSERTIONS)));
    expect(result.ok && Buffer.byteLength(result.text)).toBe(Buffer.byteLength(body) + result.rewriter.growth);
  });

  test.each(BODIES)("without a known length nothing is filled up: %s", (body) => {
    const result = stream(body, size, INSERTIONS, false);
    expect(result.ok && result.text.replace(/\s*\}\s*$/, "")).toBe(whole(body, INSERTIONS).replace(/\s*\}\s*$/, ""));
  });

  test.each([
    ["duplicate_member", `{"user":1,"a":2,"us\\u0065r":3}`],
    ["trailing_data", `{"a":1} x`],
    ["truncated_json", `{"a":1`],
    ["truncated_json", `{"a":"${LONG}`],
    ["bad_utf8", Buffer.concat([Buffer.from(`{"a":"`), Buffer.from([0xe5, 0x90]), Buffer.from(`"}`)])],
    ["bad_utf8", Buffer.concat([Buffer.from(`{"a":"`), Buffer.from([0xc0, 0xaf]), Buffer.from(`"}`)])],
    ["wrong_type", `{"metadata":"{}"}`],
    ["bad_json", `{"a":1,}`],
  ])("%s is told, and no complete object has gone out: %s", (code, body) => {
    const result = stream(body, size);
    expect(result).toMatchObject({ ok: false, code });
    expect(result.ok || result.out.trimEnd().endsWith("}")).toBe(false);
    expect(result.rewriter.feed(Buffer.from("{}"))).toMatchObject({ ok: false, code });
    expect(result.rewriter.end()).toMatchObject({ ok: false, code });
  });

  test("a model is known before any byte of it goes out", () => {
    const body = Buffer.from(`{"messages":[1],"model":"forbidden-model","a":1}`);
    const rewriter = new JsonRewriter(RULES);
    let out = "";
    for (let i = 0; i < body.length && !rewriter.values.has("model"); i += size) {
      const piece = rewriter.feed(Buffer.from(body.subarray(i, i + size)));
      if (!rewriter.values.has("model") && piece.ok) out += Buffer.concat([...piece.chunks]).toString();
    }
    expect(rewriter.values.get("model")).toBe("forbidden-model");
    expect(out).not.toContain("model");
  });
});

test("the closing brace waits for the end of the body", () => {
  const result = stream(`{"a":1}  `, 100);
  expect(result.ok && result.before).toBe(`{"a":1  `);
  expect(result.ok && result.text).toBe(`{"a":1  }`);
});

test("a body that is shorter than announced is not completed", () => {
  const rewriter = new JsonRewriter(RULES, { length: 8 });
  expect(rewriter.feed(Buffer.from("{}")).ok).toBe(true);
  expect(rewriter.end()).toMatchObject({ ok: false, code: "length_mismatch" });
});

test.each([
  ["a name", `{"a":1,"${"x".repeat(20_000)}":1}`],
  ["white space before a name", `{"a":1,${" ".repeat(20_000)}"b":1}`],
  ["a model", `{"model":"${"x".repeat(20_000)}"}`],
  ["what goes from metadata before anything stays", `{"metadata":{"tags":"${"x".repeat(20_000)}","a":1}}`],
])("%s that would have to wait in memory without bound is refused", (_, body) => {
  expect(stream(body, 1000)).toMatchObject({ ok: false, code: "too_long" });
});

test.each([
  ["a value that stays", `{"a":"${"x".repeat(200_000)}","user":1}`],
  ["a value that goes", `{"a":1,"user":"${"x".repeat(200_000)}"}`],
  ["a value that goes from metadata", `{"metadata":{"a":1,"tags":"${"x".repeat(200_000)}"}}`],
  ["white space elsewhere", `{"a"${" ".repeat(100_000)}:${"\n".repeat(100_000)}1}`],
])("%s may be as long as it likes", (_, body) => {
  const result = stream(body, 1000);
  expect(result.ok && result.text).toBe(whole(body));
});
