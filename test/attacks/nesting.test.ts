import { closes } from "./support/closes";

const nested = (depth: number): string => `{"model":"gpt-5","messages":${"[".repeat(depth)}${"]".repeat(depth)}}`;

// A parser that gives up, or runs out of stack, must not be the one that decides.
closes("deep nesting", {
  passes: { "as deep as LiteLLM's parser goes": { body: nested(998) } },
  refuses: {
    deeper: [{ body: nested(1001) }, "too_deep"],
    "without end": [{ body: "[".repeat(500_000) }, "not_an_object"],
    "without end, in a member": [{ body: `{"a":${"[".repeat(500_000)}` }, "too_deep"],
  },
});
