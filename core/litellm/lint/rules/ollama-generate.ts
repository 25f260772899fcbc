import type { LintRule } from "../lint-rule";

/** Modes that `ollama/` serves as it should. */
const OTHER_MODES = new Set(["embedding", "completion"]);

/** A chat model of Ollama behind the interface for plain completion. */
export const ollamaGenerate: LintRule = {
  id: "ollama-generate",
  severity: "warning",
  summary: "ollama/ is used for chat",
  why: "ollama/ calls /api/generate with one text that LiteLLM makes of the messages; ollama_chat/ calls /api/chat, where Ollama applies the model's own chat template and tools (litellm/llms/ollama, docs: providers/ollama, LiteLLM 1.108.10).",
  repair: "write ollama_chat/ instead of ollama/",
  check: (context) =>
    context.deployments
      .filter(
        ({ model, mode }) => model?.startsWith("ollama/") && !OTHER_MODES.has(mode ?? "") && !/embed|bge|minilm|\*/i.test(model),
      )
      .map(({ model = "", path }) =>
        context.found(ollamaGenerate, [...path, "litellm_params", "model"], {
          message: "ollama/ sends chats to the interface for plain completion",
          repair: `write ollama_chat/${model.slice("ollama/".length)}, or model_info: { mode: completion } where that is meant`,
        }),
      ),
};
