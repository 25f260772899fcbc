import {
  type History,
  knownVersions,
  modelFieldHistory,
  modelFieldNote,
  modelHistory,
  type SectionName,
  type SettingNote,
  sectionHistory,
  settingNote,
} from "../../core/litellm";
import type { GeneratedDocument } from "./documents";
import { catalogueOf, code, page, prose, section, shownDefault, shownType, table, versionRange } from "./litellm-tables";

/** The pages of the settings: where a block stands in LiteLLM's configuration file, and what its page is called. */
export const SECTION_PAGES: Readonly<Record<SectionName, readonly [file: string, where: string]>> = {
  top_level: ["top-level", "the configuration file itself"],
  router_settings: ["router-settings", "`router_settings`"],
  general_settings: ["general-settings", "`general_settings`"],
  litellm_settings: ["litellm-settings", "`litellm_settings`"],
  callback_settings: ["callback-settings", "`callback_settings`"],
  cache_params: ["cache-params", "`litellm_settings.cache_params`"],
  litellm_params: ["litellm-params", "`model_list[].litellm_params`"],
  model_info: ["model-info", "`model_list[].model_info`"],
  guardrail_params: ["guardrail-params", "`guardrails[].litellm_params`"],
};

const HEAD = ["name", "type", "default", "versions", "LiteLLM says"];

/** One page for each block of settings, one for the nested mappings that they refer to, one for enumerated values. */
export function settingsPages(folder: string): GeneratedDocument[] {
  const sections = Object.entries(SECTION_PAGES) as [SectionName, readonly [string, string]][];
  return [
    ...sections.map(([section, [file, where]]) => ({ file: `${folder}/${file}.md`, text: sectionPage(section, where) })),
    { file: `${folder}/nested-mappings.md`, text: modelsPage() },
  ];
}

function sectionPage(section: SectionName, where: string): string {
  const names = [...sectionHistory(section)];
  const mentioned = names.filter(([name, history]) => settingOf(section, name, history)?.evidence === "mentioned");
  const rows = names
    .filter((entry) => !mentioned.includes(entry))
    .map(([name, history]) => {
      const note = settingNote(lastOf(history), section, name);
      return row(name, settingOf(section, name, history)?.type ?? "", note, history);
    });
  const others = mentioned.map(([name]) => code(name)).join(", ");
  return page(
    `Settings of ${where}`,
    `What LiteLLM ${range()} takes in ${where}. ${HOW_TO_READ}`,
    table(HEAD, rows),
    ...(others ? ["## Parameters of requests", "", `LiteLLM's code names these without a type:\n\n${others}.\n`] : []),
  );
}

const HOW_TO_READ =
  "Without versions a name holds for all of them; type, default and LiteLLM's words are those of the newest version that knows it. Only versions with a catalogue are named. `@Name` is a [nested mapping](nested-mappings.md).";

function settingOf(section: SectionName, name: string, history: History) {
  return catalogueOf(lastOf(history)).sections[section].get(name);
}

function modelsPage(): string {
  const names = new Map<string, string>();
  for (const version of knownVersions()) for (const name of catalogueOf(version).models.keys()) names.set(name, version);
  const sections = [...names]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, newest]) => {
      const model = catalogueOf(newest).models.get(name);
      const rows = Object.entries(model?.fields ?? {}).map(([field, type]) =>
        row(field, type, modelFieldNote(newest, name, field), modelFieldHistory(name, field)),
      );
      const required = model?.required.length ? `Required: ${model.required.map(code).join(", ")}.` : "";
      const open = model?.open ? "Other names are taken too." : "";
      const history = modelHistory(name);
      const known = history && versionRange(history);
      return section(name, [known ? `Known ${/^\d/.test(known) ? "to " : ""}${known}.` : "", required, open], table(HEAD, rows));
    });
  return page("Nested mappings", `What the types of LiteLLM ${range()} called \`@Name\` are made of.`, ...sections);
}

function row(name: string, type: string, note: SettingNote, history: History | undefined): string[] {
  return [code(name), shownType(type), shownDefault(note.default), history ? versionRange(history) : "", prose(note.description)];
}

function lastOf({ versions }: History): string {
  return versions.at(-1) ?? "";
}

/** `1.83.14 to 1.109.1`. */
export function range(): string {
  return `${knownVersions()[0]} to ${knownVersions().at(-1)}`;
}
