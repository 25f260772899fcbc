import { type MapNode, nodeAt, type SourceNode, toValue } from "../source";

const LISTS = [
  ["litellm_settings", "callbacks"],
  ["litellm_settings", "success_callback"],
  ["litellm_settings", "failure_callback"],
  ["general_settings", "alerting"],
];

/**
 * Whether LiteLLM reads a variable without being told its name: what a callback, an alerting channel or a provider in use
 * begins with, such as `LANGFUSE_SECRET_KEY`, `SLACK_WEBHOOK_URL` or `OPENAI_API_KEY`.
 */
export function isReadByItself(root: MapNode, name: string): boolean {
  const config = nodeAt(root, ["litellm", "config"]);
  if (config === undefined) return false;
  const channels = LISTS.flatMap((path) => textsAt(nodeAt(config, path)));
  if (channels.some((word) => name.startsWith(`${asVariable(word)}_`))) return true;
  const ends = ["API_KEY", "API_BASE", "API_VERSION"];
  return providers(nodeAt(config, ["model_list"])).some((word) => ends.some((end) => name === `${asVariable(word)}_${end}`));
}

function asVariable(word: string): string {
  return word.replace(/[^A-Za-z0-9]+/g, "_").toUpperCase();
}

function textsAt(node: SourceNode | undefined): string[] {
  const value = node && toValue(node);
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string" && item !== "") : [];
}

function providers(list: SourceNode | undefined): string[] {
  const items = list?.kind === "list" ? list.items : [];
  return items.flatMap((item) => {
    const node = nodeAt(item, ["litellm_params", "model"]);
    const model = node && toValue(node);
    return typeof model === "string" && model.includes("/") ? (model.split("/")[0] ?? []) : [];
  });
}
