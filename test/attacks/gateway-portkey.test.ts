import { closesGateway } from "./support/gateway-profile";

// Portkey's headers choose keys, providers and configurations; documented at portkey.ai/docs, Headers (V-43).
closesGateway("portkey", {
  identity: { "x-portkey-metadata": '{"_user":"alice","groups":"engineering"}' },
  headers: ["metadata", "virtual-key", "provider", "custom-host", "trace-id", "config", "cache-namespace"].map(
    (name) => `x-portkey-${name}`,
  ),
});
