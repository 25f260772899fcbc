import { closesGateway } from "./support/gateway-profile";

// Switch off one's own log, or set one's own price; developers.cloudflare.com/ai-gateway, Header Glossary (V-44).
closesGateway("cloudflare", {
  identity: { "cf-aig-metadata": '{"user":"alice","groups":"engineering"}' },
  headers: ["metadata", "collect-log", "collect-log-payload", "custom-cost", "cache-ttl", "skip-cache", "cache-key"].map(
    (name) => `cf-aig-${name}`,
  ),
});
