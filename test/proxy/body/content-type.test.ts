import { bodyKind } from "../../../proxy/src/body";

test.each([
  ["application/json", { kind: "json" }],
  ["Application/JSON ; charset=UTF-8", { kind: "json" }],
  [`application/json; charset="utf-8"`, { kind: "json" }],
  ["application/x-www-form-urlencoded", { kind: "urlencoded" }],
  ["multipart/form-data; boundary=----WebKitFormBoundary7MA4", { kind: "multipart", boundary: "----WebKitFormBoundary7MA4" }],
  [`multipart/form-data; boundary="a b:c"`, { kind: "multipart", boundary: "a b:c" }],
])("%s is understood", (contentType, expected) => {
  expect(bodyKind(contentType, undefined)).toEqual({ ok: true, ...expected });
});

test.each([
  ["unsupported_media_type", undefined],
  ["unsupported_media_type", ""],
  ["unsupported_media_type", "text/plain"],
  ["unsupported_media_type", "application/x-protobuf"],
  ["unsupported_media_type", "multipart/mixed; boundary=a"],
  ["unsupported_media_type", "application/json, multipart/form-data; boundary=a"],
  ["unsupported_media_type", "application/json; a"],
  ["unsupported_media_type", "multipart/form-data; boundary=a; boundary=b"],
  ["unsupported_media_type", `multipart/form-data; boundary="a\\"b"`],
  ["unsupported_charset", "application/json; charset=utf-16"],
  ["unsupported_charset", "application/json; charset=utf-7"],
  ["bad_form", "multipart/form-data"],
  ["bad_form", `multipart/form-data; boundary=""`],
  ["bad_form", `multipart/form-data; boundary="a "`],
  ["bad_form", `multipart/form-data; boundary=${"a".repeat(71)}`],
])("%s: %s", (code, contentType) => {
  expect(bodyKind(contentType, undefined)).toMatchObject({ ok: false, code });
});

test.each(["gzip", "deflate", "br", "zstd", "identity, gzip", ""])("a body encoded as %s is refused", (encoding) => {
  expect(bodyKind("application/json", encoding)).toMatchObject({ ok: false, code: "compressed_body" });
  expect(bodyKind("application/json", "identity").ok).toBe(true);
});
