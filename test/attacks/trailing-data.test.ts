import { closes } from "./support/closes";

const GOOD = '{"model":"gpt-5","messages":[]}';

// Readers do not agree where a broken document ends.
closes("more or less than one JSON object", {
  passes: { "white space around it": { body: ` \n${GOOD} \r\n` } },
  refuses: {
    "a second document": [{ body: `${GOOD}{"user":"mallory"}` }, "trailing_data"],
    "a NUL and more": [{ body: `${GOOD}\u0000mallory` }, "trailing_data"],
    "a comma": [{ body: `${GOOD},` }, "trailing_data"],
    "a missing brace": [{ body: GOOD.slice(0, -1) }, "truncated_json"],
    "an open text": [{ body: `${GOOD.slice(0, -1)},"user":"mallory` }, "truncated_json"],
    "a list": [{ body: `[${GOOD}]` }, "not_an_object"],
    "a text": [{ body: '"mallory"' }, "not_an_object"],
  },
});
