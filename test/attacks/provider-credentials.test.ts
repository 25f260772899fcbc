import { closes } from "./support/closes";

// Let a client choose the provider's address and account (V-29c).
closes("members with the provider's address and key", {
  passes: {
    "a member for the model": { body: { temperature: 0.5 }, arrives: ({ body }) => expect(body).toContain('"temperature":0.5') },
  },
  drops: {
    address: { body: { api_base: "http://mallory", base_url: "http://mallory", api_version: "mallory" } },
    account: { body: { api_key: "mallory", organization: "mallory", user_config: { model_list: ["mallory"] } } },
    "a header": { headers: ["openai-organization: mallory", "openai-project: mallory", "x-goog-user-project: mallory"] },
  },
});
