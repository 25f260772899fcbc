import { closesGateway } from "./support/gateway-profile";

// Vercel takes the user from headers and from the body's providerOptions.gateway; vercel.com/docs/ai-gateway (V-46).
closesGateway("vercel", {
  identity: { "ai-reporting-user": "alice", "ai-reporting-tags": "engineering" },
  headers: ["ai-reporting-user", "ai-reporting-tags", "http-referer", "x-title"],
  body: { providerOptions: { gateway: { user: "mallory", tags: ["mallory"], order: ["openai"] } } },
  left: { providerOptions: { gateway: { order: ["openai"] } } },
});
