import { ownValue } from "../../../source";
import type { LintRule } from "../lint-rule";

/** Providers that have no address of their own, and the variables that LiteLLM looks for instead. */
const ADDRESS: Readonly<Record<string, readonly string[]>> = {
  azure: ["AZURE_API_BASE"],
  azure_ai: ["AZURE_AI_API_BASE"],
  hosted_vllm: ["HOSTED_VLLM_API_BASE"],
  lm_studio: ["LM_STUDIO_API_BASE"],
  llamafile: [],
  xinference: ["XINFERENCE_API_BASE"],
  openai_like: ["OPENAI_LIKE_API_BASE"],
  custom_openai: [],
  litellm_proxy: ["LITELLM_PROXY_API_BASE"],
  databricks: ["DATABRICKS_API_BASE"],
  infinity: ["INFINITY_API_BASE"],
};
/** With these, LiteLLM works the address out by itself, or falls back to one on its own machine that may be meant. */
const LOCAL_DEFAULT = new Set(["llamafile"]);

/** A model of a provider that everybody runs themselves, without its address. */
export const apiBaseMissing: LintRule = {
  id: "api-base-missing",
  severity: "warning",
  summary: "a model has no api_base, and its provider has no address of its own",
  why: "Every customer of this provider has an address of their own. Without api_base LiteLLM looks for a variable, and without that requests fail, or go to OpenAI with this model's key (litellm/main.py and litellm/litellm_core_utils/get_llm_provider_logic.py, LiteLLM 1.108.10).",
  repair: "add api_base",
  check: (context) =>
    context.deployments.flatMap(({ provider, params, path, model }) => {
      const variables = ownValue(ADDRESS, provider ?? "");
      if (!variables || LOCAL_DEFAULT.has(provider ?? "") || model?.includes("*")) return [];
      const names = ["api_base", "base_url", "litellm_credential_name", "mock_response"];
      if (names.some((name) => params?.entries.has(name))) return [];
      if (variables.some((name) => context.hasVariable(name))) return [];
      const isKnown = context.surroundings.variables !== undefined;
      const or = variables.length > 0 && !isKnown ? `, or give the gateway ${variables.join(" or ")}` : "";
      return [
        context.found(apiBaseMissing, [...path, "litellm_params", "model"], {
          message: `${provider} has no address of its own, and this model has no api_base`,
          repair: `add api_base: os.environ/${variables[0] ?? "API_BASE"}${or}`,
        }),
      ];
    }),
};
