import {
  type Catalogue,
  type Location,
  locateSetting,
  modelFieldNote,
  type SectionName,
  sectionPath,
  settingNote,
} from "../litellm";
import { type MapNode, type Path, placeOfName, type SourceNode, showPath } from "../source";
import type { VersionChange } from "./change";

/** What happened to a setting between two versions; undefined where nothing did. */
interface SettingChange {
  readonly kind: "added" | "removed" | "type" | "default";
  readonly message: string;
}

/** Changes of the settings that a configuration uses. */
export function usedSettingChanges(config: MapNode, at: Path, from: Catalogue, to: Catalogue): VersionChange[] {
  const seen = new Map<string, Path>();
  for (const path of namedPaths(config, [])) {
    const key = path.filter((step) => typeof step === "string").join(".");
    if (!seen.has(key)) seen.set(key, path);
  }
  return [...seen.values()].flatMap((path) => {
    const names = path.filter((step): step is string => typeof step === "string");
    const change = changeOf(from, to, locateSetting(from, names), locateSetting(to, names));
    if (!change) return [];
    const what = showPath([...at, ...path]);
    const weight = change.kind === "removed" ? "breaks" : "differs";
    return [{ topic: "setting", weight, what, message: change.message, place: placeOfName(config, path) } as const];
  });
}

/** Every setting and field of a nested mapping that came, went, or is another. */
export function allSettingChanges(from: Catalogue, to: Catalogue): VersionChange[] {
  const sections = (Object.keys(to.sections) as SectionName[]).flatMap((section) =>
    both(from.sections[section].keys(), to.sections[section].keys()).map((name): [string, Location] => [
      [sectionPath(section), name].filter(Boolean).join("."),
      { kind: "section", section, name },
    ]),
  );
  const models = both(from.models.keys(), to.models.keys()).flatMap((model) =>
    both(Object.keys(from.models.get(model)?.fields ?? {}), Object.keys(to.models.get(model)?.fields ?? {})).map(
      (name): [string, Location] => [`@${model}.${name}`, { kind: "model", model, name }],
    ),
  );
  return [...sections, ...models].flatMap(([what, at]) => {
    const change = changeOf(from, to, has(from, at) ? at : undefined, has(to, at) ? at : undefined);
    if (!change) return [];
    return [
      { topic: "setting", weight: change.kind === "added" ? "informs" : "differs", what, message: change.message } as const,
    ];
  });
}

function changeOf(from: Catalogue, to: Catalogue, before?: Location, after?: Location): SettingChange | undefined {
  if (!before && !after) return undefined;
  if (!before) return { kind: "added", message: `new in ${to.version}` };
  if (!after) return { kind: "removed", message: `${to.version} does not know it` };
  const [oldType, newType] = [typeOf(from, before), typeOf(to, after)];
  if (oldType !== newType && oldType !== "" && newType !== "") {
    return { kind: "type", message: typeChange(oldType, newType) };
  }
  const [oldDefault, newDefault] = [defaultOf(from, before), defaultOf(to, after)];
  if (oldDefault === newDefault) return undefined;
  return { kind: "default", message: `its default is ${newDefault ?? "not known"}, was ${oldDefault ?? "not known"}` };
}

function typeOf(catalogue: Catalogue, at: Location): string {
  if (at.kind === "section") return catalogue.sections[at.section].get(at.name)?.type ?? "";
  return catalogue.models.get(at.model)?.fields[at.name] ?? "";
}

function defaultOf({ version }: Catalogue, at: Location): string | undefined {
  const note = at.kind === "section" ? settingNote(version, at.section, at.name) : modelFieldNote(version, at.model, at.name);
  return "default" in note ? JSON.stringify(note.default) : undefined;
}

function has(catalogue: Catalogue, at: Location): boolean {
  if (at.kind === "section") return catalogue.sections[at.section].has(at.name);
  return Object.hasOwn(catalogue.models.get(at.model)?.fields ?? {}, at.name);
}

/** What a setting takes now and did not, and the other way round. */
function typeChange(before: string, after: string): string {
  const [old, now] = [before.split("|"), after.split("|")];
  const more = now.filter((part) => !old.includes(part)).join(" or ");
  const less = old.filter((part) => !now.includes(part)).join(" or ");
  return [more && `now takes ${more}`, less && `no longer takes ${less}`].filter(Boolean).join("; ");
}

function both(a: Iterable<string>, b: Iterable<string>): string[] {
  return [...new Set([...a, ...b])].sort();
}

function namedPaths(node: SourceNode, path: Path): Path[] {
  if (node.kind === "list") return node.items.flatMap((item, index) => namedPaths(item, [...path, index]));
  if (node.kind === "scalar") return [];
  return [...node.entries].flatMap(([name, entry]) => [[...path, name], ...namedPaths(entry.node, [...path, name])]);
}
