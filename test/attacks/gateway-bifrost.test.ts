import { closesGateway } from "./support/gateway-profile";

// Virtual keys, dimensions and logging of Bifrost; docs.getbifrost.ai (V-45).
closesGateway("bifrost", {
  identity: { "x-bf-dim-user": "alice", "x-bf-dim-groups": "engineering" },
  headers: [
    "x-bf-vk",
    "x-bf-api-key",
    "x-bf-api-key-id",
    "x-bf-dim-user",
    "x-bf-dim-other",
    "x-bf-lh-x",
    "x-bf-eh-x",
    "x-bf-disable-content-logging",
  ],
});
