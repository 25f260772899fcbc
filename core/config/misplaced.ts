import type { Path, UnknownAdvice } from "../source";

/** Top-level names of LiteLLM's own file (`ConfigYAML` and `ProxyConfig.load_config` of 1.108.10) that people paste one level too high. */
const LITELLM_BLOCKS = new Set([
  "model_list",
  "router_settings",
  "litellm_settings",
  "general_settings",
  "callback_settings",
  "guardrails",
  "mcp_servers",
  "environment_variables",
  "credential_list",
]);

/** Whether LiteLLM's own file begins a block with this name. */
export function isLitellmBlock(name: string): boolean {
  return LITELLM_BLOCKS.has(name);
}

/** What to say when a name of LiteLLM's file stands in the environment file itself. */
export function adviceForUnknown(name: string, path: Path): UnknownAdvice | undefined {
  if (!LITELLM_BLOCKS.has(name) || path.length > 1) return undefined;
  return { message: "this belongs to LiteLLM's configuration", repair: `move it under litellm.config: litellm.config.${name}` };
}
