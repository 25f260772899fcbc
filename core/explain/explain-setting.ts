import { nearestName, type Place } from "../findings";
import {
  type Catalogue,
  type History,
  knownVersions,
  type Location,
  loadCatalogue,
  locateSetting,
  modelFieldHistory,
  modelFieldNote,
  modelsAt,
  rulesConcerning,
  type SectionName,
  sectionHistory,
  sectionPath,
  settingHistory,
  settingNote,
} from "../litellm";
import { type MapNode, type Path, placeOfName, type SourceNode } from "../source";
import type { SettingExplanation } from "./explanation";

const SECTIONS: readonly SectionName[] = [
  ...(["top_level", "router_settings", "general_settings", "litellm_settings", "callback_settings"] as const),
  ...(["cache_params", "litellm_params", "model_info", "guardrail_params"] as const),
];

/** The names of a path as a user writes it: `litellm.config.model_list[3].model_name`, indices left out. */
export function namesOf(written: string): string[] {
  const names = written
    .replace(/\[\d*\]/g, "")
    .replace(/\["([^"]+)"\]/g, ".$1")
    .split(".")
    .filter(Boolean);
  return names[0] === "litellm" && names[1] === "config" ? names.slice(2) : names;
}

/**
 * Every setting that a path or a bare name may mean: of the version asked for, else of the newest that knows it.
 *
 * @param config LiteLLM's configuration of the environment that was named, to say where it sets them
 */
export function explainSetting(written: string, catalogue: Catalogue, config?: MapNode): SettingExplanation[] {
  const names = namesOf(written);
  const paths = names.length === 1 ? [names, ...pathsOfName(names[0] ?? "")] : [names];
  return paths.flatMap((path) => {
    const found = locate(path, catalogue);
    return found ? [describe(path, found, catalogue, config)] : [];
  });
}

/** The known setting that a misspelt path is nearest to. */
export function nearSetting(written: string, catalogue: Catalogue): string | undefined {
  const names = namesOf(written);
  const name = names.at(-1) ?? "";
  const inBlock = (section: SectionName) => sectionPath(section) === names.slice(0, -1).join(".");
  for (const section of SECTIONS.filter((candidate) => names.length === 1 || inBlock(candidate))) {
    const near = nearestName(name, sectionHistory(section).keys());
    if (near) return [sectionPath(section), near].filter(Boolean).join(".");
  }
  const fields = modelsAt(catalogue, names.slice(0, -1)).flatMap((model) =>
    Object.keys(catalogue.models.get(model)?.fields ?? {}),
  );
  const near = nearestName(name, fields);
  if (near) return [...names.slice(0, -1), near].join(".");
  // In the wrong block: where the name is at home.
  return pathsOfName(name)[0]?.join(".");
}

function pathsOfName(name: string): string[][] {
  const having = SECTIONS.filter((section) => section !== "top_level" && settingHistory(section, name));
  return having.map((section) => [...sectionPath(section).split("."), name]);
}

/** The location and the catalogue that has it: of this version, or of the newest that does. */
function locate(path: readonly string[], catalogue: Catalogue): { at: Location; from: Catalogue } | undefined {
  const others = knownVersions().reverse().map(loadCatalogue);
  for (const from of [catalogue, ...others]) {
    const at = from && locateSetting(from, path);
    if (from && at) return { at, from };
  }
  return undefined;
}

function describe(
  path: readonly string[],
  { at, from }: { at: Location; from: Catalogue },
  catalogue: Catalogue,
  config: MapNode | undefined,
): SettingExplanation {
  const note =
    at.kind === "section" ? settingNote(from.version, at.section, at.name) : modelFieldNote(from.version, at.model, at.name);
  const fields = modelsAt(from, path).flatMap((model) => Object.keys(from.models.get(model)?.fields ?? {}));
  const setAt = config ? placesOf(config, path) : undefined;
  return {
    kind: "setting",
    path: shownPath(path),
    litellmVersion: catalogue.version,
    known: from === catalogue,
    type: typeOf(at, from),
    ...("default" in note && { default: note.default }),
    ...(note.description !== undefined && { description: note.description }),
    ...(note.where !== undefined && { readAt: note.where }),
    versions: historyOf(at),
    ...(fields.length > 0 && { fields: [...new Set(fields)] }),
    rules: rulesConcerning(path.join(".")).map(({ id, summary }) => ({ id, summary })),
    ...(setAt && setAt.length > 0 && { setAt }),
  };
}

function typeOf(at: Location, from: Catalogue): string {
  if (at.kind === "section") return from.sections[at.section].get(at.name)?.type ?? "";
  return from.models.get(at.model)?.fields[at.name] ?? "";
}

function historyOf(at: Location): History {
  const history = at.kind === "section" ? settingHistory(at.section, at.name) : modelFieldHistory(at.model, at.name);
  return history ?? { versions: [] };
}

/** `model_list[].litellm_params.model`. */
function shownPath(path: readonly string[]): string {
  return path.map((name, index) => (index === 0 && LISTS.has(name) && path.length > 1 ? `${name}[]` : name)).join(".");
}

const LISTS = new Set(["model_list", "guardrails", "credential_list", "policy_attachments", "worker_registry"]);

/** Where a configuration sets a path, in every item of the lists on the way. */
function placesOf(root: MapNode, names: readonly string[]): Place[] {
  const paths = (node: SourceNode | undefined, rest: readonly string[], path: Path): Path[] => {
    if (node?.kind === "list") return node.items.flatMap((item, index) => paths(item, rest, [...path, index]));
    const [name, ...more] = rest;
    if (name === undefined) return [path];
    const entry = node?.kind === "map" ? node.entries.get(name) : undefined;
    if (!entry) return [];
    return more.length === 0 ? [[...path, name]] : paths(entry.node, more, [...path, name]);
  };
  return paths(root, names, []).map((path) => placeOfName(root, path));
}
