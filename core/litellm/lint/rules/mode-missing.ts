import type { LintRule } from "../lint-rule";

/** What the names of models say of their mode. */
const TELLING: readonly (readonly [RegExp, string])[] = [
  [/rerank/i, "rerank"],
  [/embed|[/-]bge-|minilm|[/-]e5-|[/-]gte-/i, "embedding"],
  [/whisper|transcribe/i, "audio_transcription"],
  [/[/-]tts(-|$)/i, "audio_speech"],
  [/dall-e|gpt-image|stable-diffusion|[/-]flux/i, "image_generation"],
  [/realtime/i, "realtime"],
];
/** Providers whose models carry names of their users' own, so that LiteLLM's list of models does not know them. */
const OWN_NAMES = new Set([
  ...["azure", "azure_ai", "ollama", "hosted_vllm", "vllm", "openai_like", "custom_openai", "lm_studio", "xinference"],
  ...["huggingface", "infinity", "llamafile", "lemonade", "docker_model_runner", "triton", "sagemaker", "databricks", "openai"],
]);
/** A model that is no chat model and does not say so. */
export const modeMissing: LintRule = {
  id: "mode-missing",
  severity: "warning",
  summary: "a model that is not for chat does not say what it is for",
  why: "Health checks take the mode from model_info.mode, then from LiteLLM's list of models, and else send a chat message, which this model refuses: it is reported as unhealthy (resolve_health_check_mode in litellm/proxy/health_check.py, LiteLLM 1.108.10).",
  repair: "add model_info.mode",
  check: (context) =>
    context.deployments.flatMap((deployment) => {
      const { model, provider, mode, path, info } = deployment;
      if (!model || mode !== undefined || model.includes("*") || !OWN_NAMES.has(provider ?? "")) return [];
      // LiteLLM's list knows the mode, and a check that is off needs none.
      if (context.priceOf(deployment)?.mode || info?.entries.has("disable_background_health_check")) return [];
      const meant = TELLING.find(([pattern]) => pattern.test(model))?.[1];
      if (!meant) return [];
      return [
        context.found(modeMissing, path, {
          message: "by its name this is no chat model, and health checks would send it a chat message",
          repair: `add model_info: { mode: ${meant} }`,
        }),
      ];
    }),
};
