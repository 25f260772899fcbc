import type { LintRule } from "../lint-rule";

/** A model of Ollama without an address. */
export const ollamaServe: LintRule = {
  id: "ollama-serve",
  severity: "warning",
  summary: "a model of Ollama has no api_base",
  why: "For each model whose name holds ollama and that has no api_base, LiteLLM starts the program `ollama serve` on its own machine, and where OLLAMA_API_BASE is not set either, it calls http://localhost:11434, which in a container is the container itself (run_ollama_serve in litellm/proxy/proxy_server.py, LiteLLM 1.108.10).",
  repair: "set api_base to where Ollama answers",
  check: (context) =>
    context.deployments
      .filter(
        ({ model, params }) =>
          model?.includes("ollama") && !params?.entries.has("api_base") && !params?.entries.has("litellm_credential_name"),
      )
      .map(({ path }) =>
        context.found(ollamaServe, [...path, "litellm_params", "model"], {
          message: "without an api_base LiteLLM tries to start ollama itself",
          repair: "add api_base: http://your-ollama:11434",
        }),
      ),
};
