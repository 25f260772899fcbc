import { checkRequestHead } from "../../../proxy/src/headers";

const flat = (...lines: string[]) => lines.flatMap((line) => line.split(/: ?(.*)/s).slice(0, 2));

test.each([
  [["host: a", "content-length: 5", "content-type: application/json"]],
  [["host: a", "transfer-encoding: chunked"]],
  [["host: a", "expect: 100-continue", "content-length: 5"]],
  [["host: a", "accept: a", "accept: b", "x_odd: fine", "x-latin: gr\u00f6\u00dfe"]],
])("an ordinary head is accepted: %j", (lines) => {
  expect(checkRequestHead(flat(...lines))).toMatchObject({ ok: true });
});

test("the lines that decide how a request is read are handed on, and no others", () => {
  const lines = ["Content-Type: application/json", "x-other: 1", "Content-Length: 5", "traceparent: a", "accept: b"];
  expect(checkRequestHead(flat(...lines))).toEqual({
    ok: true,
    lines: { "content-type": "application/json", "content-length": "5", traceparent: "a" },
  });
  expect(checkRequestHead(flat("traceparent: a", "traceparent: a"))).toMatchObject({ lines: { traceparent: "several" } });
});

test("the lines are an object of one shape, whatever the client sends and in which order", () => {
  const keys = [[], ["host: a", "accept: b", "content-length: 5"], ["content-length: 5", "traceparent: a", "host: a"]].map(
    (lines) => {
      const head = checkRequestHead(flat(...lines));
      return head.ok && Object.keys(head.lines);
    },
  );
  expect(new Set(keys.map(String)).size).toBe(1);
  expect(keys[0]).toContain("host");
});

test("where the lines have been tested already, that counts", () => {
  expect(checkRequestHead(flat("x-a: b"), false)).toMatchObject({ ok: false, code: "header_malformed" });
  expect(checkRequestHead(flat("x-a: b"), true)).toMatchObject({ ok: true });
});

test.each([
  ["framing_ambiguous", ["content-length: 5", "transfer-encoding: chunked"]],
  ["framing_ambiguous", ["content-length: +5"]],
  ["framing_ambiguous", ["content-length: 5, 5"]],
  ["framing_ambiguous", ["content-length: 0x5"]],
  ["framing_ambiguous", ["content-length: "]],
  ["framing_ambiguous", ["transfer-encoding: gzip, chunked"]],
  ["framing_ambiguous", ["transfer-encoding: identity"]],
  ["header_repeated", ["content-length: 5", "Content-Length: 5"]],
  ["header_repeated", ["transfer-encoding: chunked", "Transfer-Encoding: chunked"]],
  ["header_repeated", ["host: a", "host: b"]],
  ["header_repeated", ["content-type: application/json", "content-type: multipart/form-data"]],
  ["header_repeated", ["content-length: 5", "content_length: 6"]],
  ["header_repeated", ["transfer_encoding: chunked"]],
  ["header_repeated", ["Authorization: Bearer a", "authorization: Bearer b"]],
  ["header_malformed", ["x-a : b"]],
  ["header_malformed", ["x-\u0000a: b"]],
  ["header_malformed", ["x-a: b\u0000c"]],
  ["header_malformed", ["x-a: b\r\n c"]],
  ["expectation_unsupported", ["expect: 200-ok"]],
])("%s: %j", (code, lines) => {
  expect(checkRequestHead(flat(...lines))).toMatchObject({ ok: false, code });
});
