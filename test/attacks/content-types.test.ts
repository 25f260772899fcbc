import { closes } from "./support/closes";
import { FORM_TYPE, form } from "./support/form";

const JSON_BODY = '{"model":"gpt-5","messages":[],"user":"mallory"}';
const FIELDS = form({ model: "gpt-5", user: "mallory", metadata: '{"tags":["mallory"]}' });

// LiteLLM reads everything as JSON that is not exactly a form, and forms on JSON routes too (V-38).
closes("content types", {
  passes: {
    JSON: { contentType: "application/json; charset=utf-8", arrives: type },
    "JSON in capitals": { contentType: "Application/JSON", arrives: type },
  },
  refuses: {
    "text/plain": [{ contentType: "text/plain", body: JSON_BODY }, "unsupported_media_type"],
    "a type of one's own": [{ contentType: "application/xform", body: JSON_BODY }, "unsupported_media_type"],
    none: [{ contentType: "", body: JSON_BODY }, "unsupported_media_type"],
    "two in one": [{ contentType: "application/json, multipart/form-data", body: JSON_BODY }, "unsupported_media_type"],
    "two lines": [{ headers: ["content-type: text/plain"], body: JSON_BODY }, "header_repeated"],
    "another charset": [{ contentType: "application/json; charset=utf-16", body: JSON_BODY }, "unsupported_charset"],
    "a form on a JSON route": [{ contentType: FORM_TYPE, body: FIELDS }, "body_kind_wrong"],
    "an urlencoded form on a JSON route": [
      { target: "/v1/completions", contentType: "application/x-www-form-urlencoded", body: "model=gpt-5&user=mallory" },
      "body_kind_wrong",
    ],
    "JSON on a form's route": [{ target: "/v1/audio/transcriptions", body: JSON_BODY }, "body_kind_wrong"],
  },
});

function type({ headers }: { headers: Readonly<Record<string, readonly string[]>> }): void {
  expect(headers["content-type"]).toEqual(["application/json"]);
}
