import { closes } from "./support/closes";

const settings = { policy: '{ groups: [{ group: engineering, models: ["gpt-5"] }] }' };

// Some readers take MODEL for model; the policy must judge the model that is used (V-30).
closes("the model under another spelling", {
  settings,
  passes: { "the exact name": { body: { model: "gpt-5" } } },
  refuses: {
    "in capitals, behind": [{ body: '{"model":"gpt-5","MODEL":"mallory","messages":[]}' }, "duplicate_member"],
    "in capitals, alone": [{ body: '{"MODEL":"mallory","messages":[]}' }, "ambiguous_member"],
    "with an escape, behind": [{ body: '{"model":"gpt-5","\\u006dodel":"mallory","messages":[]}' }, "duplicate_member"],
    twice: [{ body: '{"model":"gpt-5","model":"mallory","messages":[]}' }, "duplicate_member"],
    "not at all": [{ body: '{"messages":[]}' }, "model_missing"],
    "as a list": [{ body: { model: ["gpt-5", "mallory"] } }, "wrong_type"],
  },
});
