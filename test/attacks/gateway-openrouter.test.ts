import { closesGateway } from "./support/gateway-profile";

// OpenRouter books on the root member user; openrouter.ai/docs, User Tracking (V-48).
closesGateway("openrouter", {
  identity: {},
  headers: ["http-referer", "x-openrouter-title", "x-title"],
  body: { user: "mallory", models: ["mallory"] },
  left: { user: "alice" },
});
