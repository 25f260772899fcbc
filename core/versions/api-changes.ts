import type { Catalogue, Route } from "../litellm";
import type { VersionChange, Weight } from "./change";

/** Routes, request fields, request headers and metrics that came, went, or are others. */
export function apiChanges(from: Catalogue, to: Catalogue, options: { metricsInUse: boolean }): VersionChange[] {
  return [
    ...routeChanges(from, to),
    ...fieldChanges(from, to),
    ...headerChanges(from, to),
    ...metricChanges(from, to, options.metricsInUse),
  ];
}

function routeChanges(from: Catalogue, to: Catalogue): VersionChange[] {
  return both(byName(from.routes), byName(to.routes)).flatMap(([what, old, now]) => {
    const [weight, message] = routeChange(old, now) ?? [];
    return weight && message ? [{ topic: "route", weight, what, message } as const] : [];
  });
}

function routeChange(old: Route | undefined, now: Route | undefined): [Weight, string] | undefined {
  if (!old || !now) return now ? newRoute(now) : old && goneRoute(old);
  if (old.keyed !== now.keyed)
    return ["differs", now.keyed ? "now declares a check of the key" : "no longer declares a check of the key"];
  return old.class === now.class ? undefined : ["informs", `class ${now.class}, was ${old.class}`];
}

/** What asks for no key is open to everybody who reaches it, unless its handler checks one by itself. */
function newRoute({ keyed, class: kind }: Route): [Weight, string] {
  if (keyed || kind === "ui" || kind === "health") return ["informs", `new, ${kind}`];
  return ["differs", `new, ${kind}, without a check of the key declared`];
}

function goneRoute({ class: kind }: Route): [Weight, string] {
  return [kind === "llm" || kind === "management" ? "differs" : "informs", `gone, was ${kind}`];
}

function byName(routes: readonly Route[]): Map<string, Route> {
  return new Map(routes.map((route) => [`${route.method} ${route.path}`, route]));
}

function fieldChanges(from: Catalogue, to: Catalogue): VersionChange[] {
  const fields = ({ requests }: Catalogue): Map<string, string> =>
    new Map(
      [...requests].flatMap(([model, { fields: types }]) =>
        Object.entries(types).map(([name, type]): [string, string] => [`${model}.${name}`, type]),
      ),
    );
  return simpleChanges("request field", fields(from), fields(to));
}

function headerChanges(from: Catalogue, to: Catalogue): VersionChange[] {
  // Where a header is read is no change of what it does.
  const names = ({ headers }: Catalogue): Map<string, string> => new Map([...headers.keys()].map((name) => [name, ""]));
  return simpleChanges("header", names(from), names(to));
}

function metricChanges(from: Catalogue, to: Catalogue, inUse: boolean): VersionChange[] {
  const shapes = ({ metrics }: Catalogue): Map<string, string> =>
    new Map([...metrics].map(([name, { type, labels }]) => [name, `${type} by ${[...labels].sort().join(", ") || "nothing"}`]));
  const changes = simpleChanges("metric", shapes(from), shapes(to));
  return changes.map((change) => (inUse && change.weight === "differs" ? change : { ...change, weight: "informs" }));
}

/** A new name informs; one that is gone, or is described otherwise, differs. */
function simpleChanges(topic: VersionChange["topic"], before: Map<string, string>, after: Map<string, string>): VersionChange[] {
  return both(before, after).flatMap(([what, old, now]): VersionChange[] => {
    if (old === now) return [];
    if (old === undefined) return [{ topic, weight: "informs", what, message: "new" }];
    if (now === undefined) return [{ topic, weight: "differs", what, message: "gone" }];
    return [{ topic, weight: "differs", what, message: `${now || "of no known type"}, was ${old || "of no known type"}` }];
  });
}

function both<T>(before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>): [string, T | undefined, T | undefined][] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.map((name) => [name, before.get(name), after.get(name)]);
}
