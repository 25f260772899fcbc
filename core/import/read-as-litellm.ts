import type { Scalar } from "yaml";
import { readByPyYaml } from "../litellm";
import { type ConfigSource, scalarsIn, shownAt } from "./config-source";
import { isCredential } from "./credentials";
import type { Draft } from "./draft";

/** `!!str`: whatever follows is text to every reader. */
const TEXT_TAG = "tag:yaml.org,2002:str";
/** Texts that the YAML reader of Helm takes for switches, as LiteLLM's does. */
const SWITCH = /^(?:yes|no|on|off)$/i;

/**
 * Writes scalars that LiteLLM's reader takes for something else than YAML 1.2 says in a way that all readers agree about:
 * `yes` becomes `true`. An environment file is read as YAML 1.2.
 *
 * @param reader who read the configuration until now: PyYAML itself, or Helm, which hands LiteLLM what it read
 */
export function readAsLitellm(config: ConfigSource, draft: Draft, reader: "pyyaml" | "helm"): void {
  for (const scalar of scalarsIn(config.contents)) {
    const { node, path } = scalar;
    const isRead = node.type === "PLAIN" && (reader === "pyyaml" || SWITCH.test(node.source ?? ""));
    const message = isRead ? (tagged(node) ?? rewrite(node, isCredential(scalar) ? () => "a hidden value" : String)) : undefined;
    if (message !== undefined) draft.say("changed", shownAt(config.at, path), config.placeOf(path), message);
  }
}

/**
 * Writes a scalar so that all readers agree about it; says what was done, if anything.
 *
 * @param shown a value as a message may show it
 */
function rewrite(node: Scalar, shown: (value: unknown) => string): string | undefined {
  const { kind, value } = readByPyYaml(node.source ?? "");
  if (kind === "text" && typeof node.value === "number" && /\de/i.test(node.source ?? "")) {
    // LiteLLM makes a number of the text, where it wants one.
    if (String(node.value).includes("e")) return undefined;
    delete node.format;
    return "written without an exponent, so that every YAML reader takes it for a number";
  }
  const isKept = kind === "merge" || kind === "error" || (typeof value === "number" && !Number.isFinite(value));
  const meant = kind === "date" ? (node.source ?? "") : value;
  if (isKept || meant === undefined || Object.is(meant, node.value)) return kind === "date" ? inQuotes(node) : undefined;
  if (typeof meant === "string") return inQuotes(node);
  node.value = meant;
  delete node.source;
  delete node.format;
  return `written as ${shown(meant)}: what LiteLLM's YAML reader took it for`;
}

function tagged(node: Scalar): string | undefined {
  if (node.tag !== TEXT_TAG) return undefined;
  delete node.tag;
  return inQuotes(node);
}

function inQuotes(node: Scalar): string {
  node.value = node.source ?? "";
  node.type = "QUOTE_DOUBLE";
  return "written in quotes, as the text that was meant";
}
