import { closes } from "./support/closes";
import { FORM_TYPE, form } from "./support/form";

const route = { target: "/v1/audio/transcriptions", contentType: FORM_TYPE } as const;
const usual = { model: "whisper", prompt: "hi" };

// On routes that take forms LiteLLM reads the same members from fields; text fields may hold JSON (V-11).
closes("fields of a form", {
  passes: {
    "a recording with its model": {
      ...route,
      body: form({ ...usual, file: { name: "a.wav", content: "RIFF" } }),
      arrives: ({ body }) => expect(body).toMatch(/name="file"; filename="a.wav"[\s\S]*RIFF/),
    },
  },
  drops: {
    user: { ...route, body: form({ ...usual, user: "mallory" }) },
    "metadata as JSON": { ...route, body: form({ ...usual, metadata: '{"user_id":"mallory","tags":["mallory"]}' }) },
    "litellm_metadata as JSON": { ...route, body: form({ ...usual, litellm_metadata: '{"user":"mallory"}' }) },
    "tags[], which replaces the header's": { ...route, body: form({ ...usual, "tags[]": "mallory" }) },
    "names with brackets": {
      ...route,
      body: form({ ...usual, "metadata[tags]": "mallory", "litellm_metadata[user]": "mallory" }),
    },
    safety_identifier: { ...route, body: form({ ...usual, safety_identifier: "mallory" }) },
    user_api_key_end_user_id: { ...route, body: form({ ...usual, user_api_key_end_user_id: "mallory" }) },
    litellm_session_id: { ...route, body: form({ ...usual, litellm_session_id: "mallory" }) },
  },
  refuses: {
    "user as a file": [{ ...route, body: form({ ...usual, user: { name: "u.txt", content: "mallory" } }) }, "wrong_type"],
  },
});
