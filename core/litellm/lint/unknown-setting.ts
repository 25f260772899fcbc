import { nearestName, type Rule } from "../../findings";
import { ownValue, type Path, type UnknownAdvice } from "../../source";
import { type Catalogue, type History, modelFieldHistory, modelsAt, type SectionName, settingHistory } from "../catalogue";
import { compareReleases } from "../release";

/** A name that LiteLLM does not know in this place. */
export const unknownSetting: Rule = {
  id: "unknown-setting",
  severity: "error",
  summary: "LiteLLM does not know this name in this place",
  why: "LiteLLM ignores names it does not know: at the top level, in general_settings and in litellm_settings without a word, in router_settings with one line in the log. In litellm_params it sends them to the provider. The setting then looks set and is not (litellm/proxy/proxy_server.py, load_config, LiteLLM 1.108.10).",
  repair:
    "correct the name, or move it to the block it belongs to; a parameter that only the provider knows is declared as a provider parameter",
};

/** Where a name may have been meant to stand, the likeliest first. */
const ELSEWHERE: Readonly<Record<string, readonly SectionName[]>> = {
  model_list: ["litellm_params", "model_info"],
  litellm_params: ["model_info", "router_settings", "litellm_settings", "general_settings"],
  model_info: ["litellm_params"],
  guardrail_params: [],
  cache_params: ["litellm_settings", "router_settings"],
  settings: ["top_level", "general_settings", "router_settings", "litellm_settings", "cache_params"],
};

/** What the same thing is called where somebody put it. */
const OWN_NAMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  router_settings: {
    request_timeout: "timeout",
    fallback_model: "default_fallbacks",
    model_group_alias_map: "model_group_alias",
  },
};

/** Says where an unknown name belongs, when a slip of the pen does not explain it. */
export function adviseOnUnknown(catalogue: Catalogue, name: string, path: Path): UnknownAdvice | undefined {
  const block = blockOf(path);
  if (!block) return adviceOnField(catalogue, name, path);
  const here = block === "model_list" ? new Set(["model_name", "litellm_params", "model_info"]) : catalogue.sections[block];
  const belongs = (ELSEWHERE[block] ?? ELSEWHERE.settings ?? []).find(
    (section) => section !== block && catalogue.sections[section].has(name),
  );
  const own = ownValue(OWN_NAMES[block], name);
  if (!own && !belongs)
    return block === "model_list" ? undefined : adviceFromHistory(catalogue.version, settingHistory(block, name));
  // A single slip is likelier than the same name elsewhere.
  if (!own && nearestName(name, here.keys(), 1)) return undefined;
  const place = belongs === "top_level" ? "it belongs at the top level" : belongs && `it belongs under ${belongs}`;
  const repair = [place, own && `here it is called ${own}`].filter(Boolean).join("; ");
  return { message: block === "top_level" ? "unknown name at the top level" : `unknown name in ${block}`, repair };
}

/** The same for a field of a nested mapping. */
function adviceOnField(catalogue: Catalogue, name: string, path: Path): UnknownAdvice | undefined {
  const models = modelsAt(
    catalogue,
    path.filter((step) => typeof step === "string"),
  );
  const known = models.map((model) => modelFieldHistory(model, name)).find((history) => history !== undefined);
  return adviceFromHistory(catalogue.version, known);
}

/** What another version says of the name: it came later, or is gone. */
function adviceFromHistory(version: string, history: History | undefined): UnknownAdvice | undefined {
  const having = history?.versions ?? [];
  const since = having.find((known) => compareReleases(known, version) > 0);
  const until = having.filter((known) => compareReleases(known, version) < 0).at(-1);
  if (since) {
    const message = `LiteLLM ${version} does not know this name yet`;
    return { message, repair: `use LiteLLM ${since} or later, which knows it, or remove it` };
  }
  if (!until) return undefined;
  return {
    message: `LiteLLM ${version} does not know this name any more`,
    repair: `remove it: ${until} is the last that knew it`,
  };
}

/** The block that a path leads to; undefined inside deeper mappings. */
function blockOf(path: Path): SectionName | "model_list" | undefined {
  const [first, , third] = path;
  if (path.length === 0) return "top_level";
  if (first === "model_list" && path.length === 2) return "model_list";
  if (first === "model_list" && path.length === 3 && (third === "litellm_params" || third === "model_info")) return third;
  if (first === "guardrails" && path.length === 3 && third === "litellm_params") return "guardrail_params";
  if (first === "litellm_settings" && path.length === 2 && path[1] === "cache_params") return "cache_params";
  if (path.length === 1 && (first === "router_settings" || first === "general_settings" || first === "litellm_settings"))
    return first;
  return undefined;
}
