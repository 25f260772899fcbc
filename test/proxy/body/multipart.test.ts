import { type Insertion, MultipartRewriter } from "../../../proxy/src/body";
import { RULES } from "./rules";

const B = "boundary7";

/** A form from parts, each a head and a value. */
const form = (...parts: readonly (readonly [head: string, value: string])[]): string =>
  `${parts.map(([head, value]) => `--${B}\r\n${head}\r\n\r\n${value}\r\n`).join("")}--${B}--\r\n`;

const field = (name: string, value: string) => [`Content-Disposition: form-data; name="${name}"`, value] as const;
const file = (name: string, value: string) =>
  [`Content-Disposition: form-data; name="${name}"; filename="a.mp3"\r\nContent-Type: audio/mpeg`, value] as const;

function rewrite(body: string, size: number, insertions: readonly Insertion[] = [], known = true) {
  const bytes = Buffer.from(body);
  const rewriter = new MultipartRewriter(B, RULES, { insertions, ...(known && { length: bytes.length }) });
  const out: Buffer[] = [];
  for (let i = 0; i < bytes.length; i += size) {
    const piece = rewriter.feed(Buffer.from(bytes.subarray(i, i + size)));
    if (!piece.ok) return { ...piece, out: Buffer.concat(out).toString(), rewriter };
    out.push(...piece.chunks.map((chunk) => Buffer.from(chunk)));
  }
  const last = rewriter.end();
  if (!last.ok) return { ...last, out: Buffer.concat(out).toString(), rewriter };
  return { ok: true as const, text: Buffer.concat([...out, ...last.chunks]).toString(), length: bytes.length, rewriter };
}

const AUDIO = `\u0000\r\n-\r\n--\r\n--bound\r\n--boundary\r\n${"x".repeat(300)}`;

describe.each([1, 2, 3, 7, 11, 50, 100_000])("in pieces of %d bytes", (size) => {
  test("fields that carry an identity go, all others stay as they came", () => {
    const kept = [
      field("model", "whisper-1"),
      file("file", AUDIO),
      field("timestamp_granularities[]", "word"),
      field("名", "größe"),
    ] as const;
    const body = form(
      field("user", "eve"),
      kept[0],
      field("metadata", `{"tags":["x"]}`),
      kept[1],
      field("USER_API_KEY_x", "1"),
      kept[2],
      kept[3],
      field("tags[]", "x"),
      field("litellm_metadata[tags]", "x"),
      field("a[b]", "x"),
      field("_charset_", "utf-7"),
    );
    const result = rewrite(body, size);
    expect(result.ok && result.text.trimEnd()).toBe(form(...kept).trimEnd());
    expect(result.ok && Buffer.byteLength(result.text)).toBe(Buffer.byteLength(body));
    expect([...result.rewriter.values]).toEqual([["model", "whisper-1"]]);
  });

  test("what is inserted stands behind the client's fields, and the length is what was announced", () => {
    const insertions: readonly Insertion[] = [
      { path: ["litellm_metadata"], json: `{"user":"größe"}` },
      { path: ["user"], json: `"a\\"b"` },
      { path: ["metadata", "tags"], json: `["a,b"]` },
    ];
    const body = form(field("user", "eve"), field("a", "1")).trimEnd();
    const result = rewrite(body, size, insertions);
    const expected = form(
      field("a", "1"),
      field("litellm_metadata", `{"user":"größe"}`),
      field("user", `a"b`),
      field("metadata", `{"tags":["a,b"]}`),
    );
    expect(result.ok && result.text.trimEnd()).toBe(expected.trimEnd());
    expect(result.ok && Buffer.byteLength(result.text)).toBe(Buffer.byteLength(body) + result.rewriter.growth);
  });

  test.each([
    ["an empty form", `--${B}--`, `--${B}--`],
    ["an empty value", form(field("a", "")), form(field("a", ""))],
    [
      "heads of other clients",
      form(
        [`content-disposition: form-data; name=a; filename=b.wav; filename*=utf-8''b.wav`, "1"],
        [`Content-Disposition: form-data; name="c"\r\nContent-Length: 1\r\nContent-Transfer-Encoding: binary`, "2"],
      ),
      undefined,
    ],
  ])("%s passes", (_, body, expected = body) => {
    const result = rewrite(body, size, [], false);
    expect(result.ok && result.text.trimEnd()).toBe(expected.trimEnd());
  });

  test.each([
    ["bad_form", "something before the first boundary", `x${form(field("a", "1"))}`],
    ["bad_form", "an empty line before the first boundary", `\r\n${form(field("a", "1"))}`],
    ["bad_form", "spaces behind a boundary", `--${B} \r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--${B}--`],
    ["bad_form", "a boundary with a longer name", `--${B}x\r\n\r\n--${B}--`],
    [
      "bad_form",
      "a boundary after a bare line feed",
      form(field("a", `1\n--${B}\r\nContent-Disposition: form-data; name="user"\r\n\r\neve`)),
    ],
    ["bad_form", "a boundary in the middle of a line", form(field("a", `x--${B}\r\nuser`))],
    ["bad_form", "a boundary right behind a head", `--${B}\r\nContent-Disposition: form-data; name="a"\r\n\r\n--${B}--`],
    ["bad_form", "a part without a head", `--${B}\r\n\r\n1\r\n--${B}--`],
    ["bad_form", "a part without a name", form([`Content-Disposition: form-data`, "1"])],
    ["bad_form", "two names", form([`Content-Disposition: form-data; name="a"; name="user"`, "1"])],
    [
      "bad_form",
      "two dispositions",
      form([`Content-Disposition: form-data; name="a"\r\nContent-Disposition: form-data; name="user"`, "1"]),
    ],
    ["bad_form", "a name in the extended form", form([`Content-Disposition: form-data; name="a"; name*=utf-8''user`, "1"])],
    ["bad_form", "an escape in a name", form([`Content-Disposition: form-data; name="us\\"er"`, "1"])],
    ["bad_form", "a percent form in a name", form([`Content-Disposition: form-data; name="%75ser"`, "1"])],
    ["bad_form", "a quote in a file name", form([`Content-Disposition: form-data; name="a"; filename="b\\"; name="user"`, "1"])],
    ["bad_form", "a folded line", form([`Content-Disposition: form-data;\r\n name="user"`, "1"])],
    ["bad_form", "a bare line feed in a head", form([`Content-Disposition: form-data; name="a"\nx: name="user"`, "1"])],
    [
      "bad_form",
      "a header that readers may obey",
      form([`Content-Disposition: form-data; name="a"\r\nContent-Encoding: gzip`, "1"]),
    ],
    ["bad_form", "base64", form([`Content-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64`, "1"])],
    ["bad_form", "an endless head", `--${B}\r\nContent-Disposition: form-data; name="${"a".repeat(5000)}"\r\n\r\n`],
    ["wrong_type", "a file with the name of a field", form(file("user", "eve"))],
    ["wrong_type", "a file as the model", form(file("model", "eve"))],
    ["forbidden_member", "a forbidden field", form(field("forbidden", "1"))],
    ["duplicate_member", "two models", form(field("model", "a"), field("model", "b"))],
    ["ambiguous_member", "a model in other letters", form(field("Model", "a"))],
    ["too_long", "an endless model", form(field("model", "a".repeat(20_000)))],
    ["trailing_data", "something behind the last boundary", `${form(field("a", "1"))}--${B}\r\n`],
    ["truncated_form", "no last boundary", `--${B}\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n`],
    ["truncated_form", "nothing at all", ``],
  ])("%s: %s", (code, _, body) => {
    const result = rewrite(body, size);
    expect(result).toMatchObject({ ok: false, code });
    expect(result.ok || result.out.includes(`--${B}--`)).toBe(false);
  });
});

test("a boundary that would cut an inserted value is refused", () => {
  const rewriter = new MultipartRewriter("alice", RULES, { insertions: [{ path: ["user"], json: `"alice@example.org"` }] });
  expect(rewriter.feed(Buffer.from("--alice--"))).toMatchObject({ ok: false, code: "bad_form" });
});

test("a thousand parts and no more", () => {
  const parts = Array.from({ length: 1001 }, () => field("a", "1"));
  expect(rewrite(form(...parts.slice(1)), 100_000).ok).toBe(true);
  expect(rewrite(form(...parts), 100_000)).toMatchObject({ ok: false, code: "bad_form" });
});
