import { type Api, readApi } from "./api";
import { type OverlayEntry, overlayOf } from "./overlay";
import { readPart, VERSIONS } from "./versions";

/** The sections of LiteLLM's configuration file that the catalogue knows name by name. */
export type SectionName =
  | "top_level"
  | "router_settings"
  | "general_settings"
  | "litellm_settings"
  | "callback_settings"
  | "cache_params"
  | "litellm_params"
  | "model_info"
  | "guardrail_params";

/**
 * How a name is known: a field of a model or an argument of a constructor, read by the code, or only mentioned
 * as a parameter of requests. `overlay` is known by hand.
 */
export type Evidence = "declared" | "read" | "mentioned" | "overlay";

/** What is known of a setting. `type` is in the notation of `type-notation.ts`, empty where it is not known. */
export interface Setting {
  readonly evidence: Evidence;
  readonly type: string;
}

/** A nested mapping. Names that it does not declare are ignored by LiteLLM, unless it is open. */
export interface Model {
  readonly fields: Readonly<Record<string, string>>;
  readonly required: readonly string[];
  readonly open: boolean;
}

/** Another package whose code was read too. `pinned` is what LiteLLM demands, where that is another version. */
export interface Companion {
  readonly name?: string;
  readonly version?: string;
  readonly sha256?: string;
  readonly pinned?: string;
}

/** What one LiteLLM release knows. What it inherits from `Api` is read when it is first asked for. */
export interface Catalogue extends Api {
  readonly version: string;
  readonly wheel: { readonly file: string; readonly sha256: string };
  readonly companions: readonly Companion[];
  readonly sections: Readonly<Record<SectionName, ReadonlyMap<string, Setting>>>;
  readonly models: ReadonlyMap<string, Model>;
  readonly enumerations: Readonly<Record<string, readonly string[]>>;
}

/** A catalogue as `scripts/catalogue` writes it. */
interface CatalogueFile {
  readonly version: string;
  readonly wheel: Catalogue["wheel"];
  readonly companions: readonly Companion[];
  readonly sections: Readonly<Record<SectionName, Readonly<Record<string, string>>>>;
  readonly models: Readonly<Record<string, Partial<Model> & Pick<Model, "fields">>>;
  readonly enumerations: Catalogue["enumerations"];
}

const loaded = new Map<string, Catalogue>();

/** The LiteLLM versions that there is a catalogue of, oldest first. */
export function knownVersions(): string[] {
  return [...VERSIONS];
}

/** The catalogue of exactly this LiteLLM version; undefined where there is none, see {@link knownVersions}. Loaded once. */
export function loadCatalogue(version: string): Catalogue | undefined {
  if (!VERSIONS.includes(version)) return undefined;
  const known = loaded.get(version) ?? catalogueOf(readPart(version, "settings") as CatalogueFile);
  loaded.set(version, known);
  return known;
}

function catalogueOf(file: CatalogueFile): Catalogue {
  const overlay = overlayOf(file.version);
  const sections = Object.entries(file.sections).map(([name, settings]) => [name, sectionOf(name, settings, overlay)]);
  const models = Object.entries(file.models).map(([name, model]): [string, Model] => [
    name,
    { fields: { ...model.fields, ...overlaid(name, overlay) }, required: model.required ?? [], open: model.open ?? false },
  ]);
  let api: Api | undefined;
  const readOnce = () => {
    api ??= readApi(file.version);
    return api;
  };
  return {
    version: file.version,
    wheel: file.wheel,
    companions: file.companions,
    sections: Object.fromEntries(sections) as Catalogue["sections"],
    models: new Map(models),
    enumerations: file.enumerations,
    get routes() {
      return readOnce().routes;
    },
    get requests() {
      return readOnce().requests;
    },
    get headers() {
      return readOnce().headers;
    },
    get metrics() {
      return readOnce().metrics;
    },
  };
}

/** The fields of a nested mapping that are known by hand. */
function overlaid(model: string, overlay: readonly OverlayEntry[]): Record<string, string> {
  return Object.fromEntries(overlay.filter((entry) => entry.model === model).map(({ name, type }) => [name, type]));
}

function sectionOf(
  name: string,
  settings: Readonly<Record<string, string>>,
  overlay: readonly OverlayEntry[],
): ReadonlyMap<string, Setting> {
  const section = new Map<string, Setting>();
  for (const [setting, described] of Object.entries(settings)) {
    const [evidence = "", type = ""] = described.split(" ", 2);
    section.set(setting, { evidence: evidence as Evidence, type });
  }
  for (const { section: where, name: setting, type } of overlay) {
    if (where === name && !section.has(setting)) section.set(setting, { evidence: "overlay", type });
  }
  return section;
}
