import { knownVersions, loadCatalogue } from "../../core/litellm";
import { closes } from "./support/closes";

/** Headers that make the request another one, or none: attacks of their own. */
const OTHERS = ["authorization", "api-key", "x-api-key", "x-goog-api-key", "host", "sec-websocket-protocol"];
const FRAMING = /^(content-|transfer-|connection$|expect$)/;
const PROVIDERS = ["anthropic-beta", "anthropic-version", "openai-beta"];

const names = [...new Set(knownVersions().flatMap((version) => [...(loadCatalogue(version)?.headers.keys() ?? [])]))];
const tried = names.filter((name) => !OTHERS.includes(name) && !FRAMING.test(name) && !PROVIDERS.includes(name));

// Every header that some catalogued LiteLLM release reads from a request.
closes("the headers that a LiteLLM release reads", {
  passes: { "those of the providers' APIs": { headers: PROVIDERS.map((name) => `${name}: a`) } },
  drops: {
    "all others at once": { headers: tried.map((name) => `${name}: mallory`) },
    ...Object.fromEntries(tried.map((name) => [name, { headers: [`${name}: mallory`] }])),
  },
});
