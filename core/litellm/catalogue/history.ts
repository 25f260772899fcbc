import { type Catalogue, loadCatalogue, type SectionName } from "./catalogue";
import { VERSIONS } from "./versions";

/** In which versions a name is known, of those that there is a catalogue of. */
export interface History {
  /** The first version that knows it; undefined where the oldest one does already. */
  readonly since?: string;
  /** The last version that knows it; undefined where the newest one still does. */
  readonly until?: string;
  /** All of them, oldest first. */
  readonly versions: readonly string[];
}

const indexed = new Map<string, ReadonlyMap<string, History>>();

/** When a setting came and went; undefined where no version knows it. The first call loads every catalogue. */
export function settingHistory(section: SectionName, name: string): History | undefined {
  return sectionHistory(section).get(name);
}

/** Every name that a section had in any version, sorted. */
export function sectionHistory(section: SectionName): ReadonlyMap<string, History> {
  return historyOf(`section ${section}`, (catalogue) => catalogue.sections[section].keys());
}

/** When an enumerated value came and went, such as the cache type `disk`; undefined where no version knows it. */
export function enumerationHistory(enumeration: string, value: string): History | undefined {
  return historyOf(`enumeration ${enumeration}`, (catalogue) => catalogue.enumerations[enumeration] ?? []).get(value);
}

/** When a field of a nested mapping came and went; undefined where no version knows it. */
export function modelFieldHistory(model: string, field: string): History | undefined {
  return historyOf(`model ${model}`, (catalogue) => Object.keys(catalogue.models.get(model)?.fields ?? {})).get(field);
}

/** When a nested mapping came and went; undefined where no version has it. */
export function modelHistory(model: string): History | undefined {
  return historyOf("models", (catalogue) => catalogue.models.keys()).get(model);
}

/** When a metric came and went; undefined where no version knows it. */
export function metricHistory(metric: string): History | undefined {
  return historyOf("metrics", (catalogue) => catalogue.metrics.keys()).get(metric);
}

function historyOf(key: string, namesOf: (catalogue: Catalogue) => Iterable<string>): ReadonlyMap<string, History> {
  const known = indexed.get(key) ?? index(namesOf);
  indexed.set(key, known);
  return known;
}

function index(namesOf: (catalogue: Catalogue) => Iterable<string>): ReadonlyMap<string, History> {
  const versionsOf = new Map<string, string[]>();
  for (const version of VERSIONS) {
    const catalogue = loadCatalogue(version);
    for (const name of catalogue ? namesOf(catalogue) : []) versionsOf.set(name, [...(versionsOf.get(name) ?? []), version]);
  }
  const sorted = [...versionsOf].sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(sorted.map(([name, versions]) => [name, historyOfVersions(versions)]));
}

function historyOfVersions(versions: readonly string[]): History {
  const [first, last] = [versions[0], versions.at(-1)];
  return {
    ...(first !== VERSIONS[0] && { since: first }),
    ...(last !== VERSIONS.at(-1) && { until: last }),
    versions,
  };
}
