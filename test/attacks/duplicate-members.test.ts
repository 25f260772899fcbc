import { closes } from "./support/closes";

const body = (text: string): { body: string } => ({ body: `{"model":"gpt-5","messages":[],${text}}` });

// The last of equal names counts for LiteLLM, the first for others.
closes("the same member twice", {
  passes: { "a member without a rule, twice": body('"stop":"a","stop":"b"') },
  refuses: {
    user: [body('"user":"a","user":"mallory"'), "duplicate_member"],
    "user, once with an escape": [body('"user":"a","\\u0075ser":"mallory"'), "duplicate_member"],
    metadata: [body('"metadata":{"tags":[]},"metadata":{"tags":["mallory"]}'), "duplicate_member"],
    "in metadata": [body('"metadata":{"tags":[],"tags":["mallory"]}'), "duplicate_member"],
    litellm_metadata: [body('"litellm_metadata":{},"litellm_metadata":{"user":"mallory"}'), "duplicate_member"],
    model: [body('"model":"mallory"'), "duplicate_member"],
  },
});
