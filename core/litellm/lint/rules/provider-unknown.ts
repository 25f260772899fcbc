import { nearestName } from "../../../findings";
import { ownValue } from "../../../source";
import type { LintContext } from "../context";
import type { Deployment } from "../deployment";
import type { LintRule } from "../lint-rule";

/** Names under which people look for a provider, and LiteLLM's own. */
const OWN_NAMES: Readonly<Record<string, string>> = {
  google: "gemini or vertex_ai",
  vertex: "vertex_ai",
  aws: "bedrock",
  mistralai: "mistral",
  together: "together_ai",
  fireworks: "fireworks_ai",
  vllm_hosted: "hosted_vllm",
  huggingface_hub: "huggingface",
  claude: "anthropic",
  lmstudio: "lm_studio",
};

/** A model whose provider LiteLLM does not know. */
export const providerUnknown: LintRule = {
  id: "provider-unknown",
  severity: "error",
  summary: "LiteLLM knows no such provider",
  why: "LiteLLM drops the deployment and starts without it: one line in the log says LLM Provider NOT provided. Requests for its group then fail (get_llm_provider in litellm/litellm_core_utils/get_llm_provider_logic.py, tried with LiteLLM 1.108.10).",
  repair: "write provider/model with a provider that LiteLLM knows, or set custom_llm_provider",
  check: (context) => {
    const known = new Set(context.catalogue.enumerations.providers ?? []);
    const own = new Set(customProviders(context));
    return context.deployments.flatMap((deployment) => {
      const { provider } = deployment;
      if (provider === undefined || known.has(provider) || own.has(provider) || !isJudged(deployment, context)) return [];
      const near = ownValue(OWN_NAMES, provider) ?? nearestName(provider, known);
      const isParameter = deployment.params?.entries.has("custom_llm_provider");
      return [
        context.found(providerUnknown, [...deployment.path, "litellm_params", isParameter ? "custom_llm_provider" : "model"], {
          message: `LiteLLM ${context.version} knows no provider ${provider}, so it drops this deployment`,
          repair: near ? `did you mean ${near}?` : providerUnknown.repair,
        }),
      ];
    });
  },
};

/** Some prefixes are no providers: prompts, wildcards, references, and models known by their full name or address. */
function isJudged({ model, provider, params }: Deployment, context: LintContext): boolean {
  if (provider === undefined || provider.includes("*") || provider.startsWith("os.environ")) return false;
  if (params?.entries.has("custom_llm_provider")) return true;
  if (!model || (context.catalogue.enumerations.callbacks ?? []).includes(provider)) return false;
  // LiteLLM also knows providers by some addresses, and Replicate's models by the hash in their name.
  return !params?.entries.has("api_base") && !/:[0-9a-f]{64}$/.test(model);
}

function customProviders(context: LintContext): string[] {
  const map = context.items(["litellm_settings", "custom_provider_map"]);
  return map.flatMap((_, index) => context.text(["litellm_settings", "custom_provider_map", index, "provider"]) ?? []);
}
