import { closes } from "./support/closes";

// Spend is booked on agents too (V-21).
closes("the agent", {
  passes: { "a request without one": {} },
  drops: {
    "a header": { headers: ["x-litellm-agent-id: mallory"] },
    "at the root": { body: { agent_id: "mallory" } },
    "in metadata": {
      body: { metadata: { agent_id: "mallory", billing_agent_id: "mallory", verified_human_user_id: "mallory" } },
    },
  },
});
