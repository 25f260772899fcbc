import type { SectionName } from "./catalogue";
import { readPart, VERSIONS } from "./versions";

/** What a person wants to know of a setting beyond its type. */
export interface SettingNote {
  /** The value where the setting is left out; unknown where it is not written down as a literal, or there is none. */
  readonly default?: unknown;
  /** LiteLLM's own words, in one line. */
  readonly description?: string;
  /** The file and line of LiteLLM that reads the setting first, else the one that declares it. */
  readonly where?: string;
}

type Notes = Readonly<Record<string, Readonly<Record<string, SettingNote>>>>;

/** The note of a setting in one version; empty where nothing is known. */
export function settingNote(version: string, section: SectionName, name: string): SettingNote {
  return noteOf(version, "sections", section, name);
}

/** The note of a field of a nested mapping (see `Catalogue.models`) in one version; empty where nothing is known. */
export function modelFieldNote(version: string, model: string, field: string): SettingNote {
  return noteOf(version, "models", model, field);
}

function noteOf(version: string, kind: "sections" | "models", owner: string, name: string): SettingNote {
  if (!VERSIONS.includes(version)) return {};
  const notes = (readPart(version, "notes") as Record<typeof kind, Notes>)[kind][owner] ?? {};
  return (Object.hasOwn(notes, name) ? notes[name] : undefined) ?? {};
}
