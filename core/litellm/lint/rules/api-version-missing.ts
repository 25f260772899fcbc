import type { LintRule } from "../lint-rule";

/** A model of Azure OpenAI whose API version LiteLLM chooses. */
export const apiVersionMissing: LintRule = {
  id: "api-version-missing",
  severity: "note",
  summary: "a model of Azure OpenAI has no api_version",
  why: "LiteLLM takes AZURE_API_VERSION, and else a default of its own, 2025-02-01-preview in LiteLLM 1.108.10, which moves with LiteLLM's releases (AZURE_DEFAULT_API_VERSION in litellm/__init__.py).",
  repair: "add api_version, so that an update of LiteLLM does not change it",
  check: (context) =>
    context.deployments
      .filter(({ provider, params, model }) => {
        if (provider !== "azure" || model?.includes("*") || context.hasVariable("AZURE_API_VERSION")) return false;
        return !["api_version", "litellm_credential_name", "mock_response"].some((name) => params?.entries.has(name));
      })
      .map(({ path }) =>
        context.found(apiVersionMissing, [...path, "litellm_params", "model"], {
          message: "without api_version the version depends on LiteLLM's release",
          repair: apiVersionMissing.repair,
        }),
      ),
};
