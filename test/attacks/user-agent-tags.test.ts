import { closes } from "./support/closes";

// LiteLLM makes two tags of every User-Agent, and one of each header in extra_spend_tag_headers (V-24).
closes("headers that become tags", {
  passes: {
    "a program without a name": {},
    "a program's own name": {
      headers: ["user-agent: curl/8"],
      arrives: ({ headers }) => expect(headers["user-agent"]).toEqual(["litellm-identity-proxy"]),
    },
  },
  drops: {
    "User-Agent": { headers: ["User-Agent: mallory/1"] },
    "a header of extra_spend_tag_headers": { headers: ["x-department: mallory", "x-cost-center: mallory"] },
  },
});
