import { closes } from "./support/closes";

const body = (text: string): { body: string } => ({ body: `{"model":"gpt-5","messages":[],${text}}` });

// Escapes are resolved before names are compared, by every parser.
closes("escapes in member names", {
  passes: {
    "in a name without a rule": {
      ...body('"\\u0073top":"a"'),
      arrives: ({ body: text }) => expect(text).toContain('"\\u0073top":"a"'),
    },
  },
  drops: {
    "one letter": body('"\\u0075ser":"mallory"'),
    "every letter": body('"\\u0074\\u0061\\u0067\\u0073":["mallory"]'),
    "in both steps": body('"\\u006detadata":{"t\\u0061gs":["mallory"],"user_\\u0069d":"mallory"}'.replace("\\u006d", "m")),
    "in a prefix": body('"user_api\\u005fkey_team_id":"mallory"'),
  },
  refuses: {
    "metadata under an escape": [body('"metadata":{},"\\u006detadata":{"tags":["mallory"]}'), "duplicate_member"],
    "half of a surrogate pair": [body('"\\ud800user":"mallory"'), "bad_json"],
  },
});
