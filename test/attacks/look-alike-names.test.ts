import { closes } from "./support/closes";

const body = (text: string): { body: string } => ({ body: `{"model":"gpt-5","messages":[],${text}}` });

// Go's encoding/json folds case, the long s and the Kelvin sign; a gateway behind LiteLLM may be written in it.
closes("look-alikes of member names", {
  passes: { "another word": body('"usage":true') },
  drops: {
    "in capitals": body('"USER":"mallory","Tags":["mallory"]'),
    "with a long s": body('"uſer":"mallory","tagſ":["mallory"]'),
    "with a Kelvin sign": body('"user_api_\u212aey_hash":"mallory"'),
  },
  refuses: { "of metadata": [body('"Metadata":{"tags":["mallory"]}'), "ambiguous_member"] },
});
