import { closes } from "./support/closes";

const text = '{"model":"gpt-5","messages":[],"user":"mallory"}';

// The same bytes are another text in another encoding.
closes("encodings of the body", {
  passes: {
    "UTF-8 beyond ASCII": { body: { messages: ["größe 销售 😀"] }, arrives: ({ body }) => expect(body).toContain("销售 😀") },
  },
  refuses: {
    "a byte order mark": [{ body: Buffer.from(`\ufeff${text}`) }, "not_an_object"],
    "UTF-16": [{ body: Buffer.from(text, "utf16le") }, 400],
    "UTF-16 with a mark": [{ body: Buffer.from(`\ufeff${text}`, "utf16le") }, "bad_utf8"],
    "UTF-16 by its name": [{ contentType: "application/json; charset=utf-16", body: text }, "unsupported_charset"],
    "bytes that are not UTF-8": [{ body: Buffer.from([...Buffer.from('{"a":"'), 0xc0, 0xaf, ...Buffer.from('"}')]) }, "bad_utf8"],
    "a surrogate as bytes": [
      { body: Buffer.from([...Buffer.from('{"a":"'), 0xed, 0xa0, 0x80, ...Buffer.from('"}')]) },
      "bad_utf8",
    ],
  },
});
