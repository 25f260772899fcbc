import { closes } from "./support/closes";
import { FORM_TYPE, form, rawPart } from "./support/form";

const route = { target: "/v1/audio/transcriptions", contentType: FORM_TYPE } as const;
const END = form({ model: "whisper" });
const head = (text: string): string => rawPart(`Content-Disposition: form-data; ${text}`, "mallory") + END;

// Forms that two readers understand differently.
closes("ambiguous forms", {
  passes: {
    "a plain one": { ...route, body: END },
    "names without quotes": { ...route, body: head("name=prompt").replace("mallory", "hi") },
  },
  drops: {
    "a name with brackets": { ...route, body: head('name="metadata[user_id]"') },
    _charset_: { ...route, body: head('name="_charset_"') },
  },
  refuses: {
    "two names": [{ ...route, body: head('name="prompt"; name="user"') }, "bad_form"],
    "a name in RFC 5987's notation": [{ ...route, body: head("name=\"prompt\"; name*=utf-8''user") }, "bad_form"],
    "an escape in a name": [{ ...route, body: head('name="us\\er"') }, "bad_form"],
    "a percent form in a name": [{ ...route, body: head('name="%75ser"') }, "bad_form"],
    "an encoded part": [
      {
        ...route,
        body: rawPart('Content-Disposition: form-data; name="x"\r\nContent-Transfer-Encoding: base64', "bWFsbG9yeQ==") + END,
      },
      "bad_form",
    ],
    "two dispositions": [{ ...route, body: head('name="x"\r\nContent-Disposition: form-data; name="user"') }, "bad_form"],
    "a preamble": [{ ...route, body: `mallory\r\n${END}` }, "bad_form"],
    "something behind the end": [{ ...route, body: `${END}${form({ user: "mallory" })}` }, "trailing_data"],
    "no end": [{ ...route, body: END.slice(0, -6) }, "truncated_form"],
    "line feeds alone": [{ ...route, body: END.replaceAll("\r\n", "\n") }, 400],
    "the model twice": [
      { ...route, body: rawPart('Content-Disposition: form-data; name="model"', "mallory") + END },
      "duplicate_member",
    ],
  },
});
