import type { Catalogue, Metric, Route } from "../litellm";
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
  return both(from.metrics, to.metrics).flatMap(([what, old, now]) => {
    const message = !old ? "new" : !now ? "gone" : metricChange(old, now);
    return message === "" ? [] : [{ topic: "metric", weight: old && inUse ? "differs" : "informs", what, message } as const];
  });
}

function metricChange(old: Metric, now: Metric): string {
  const more = now.labels
    .filter((label) => !old.labels.includes(label))
    .sort()
    .join(", ");
  const less = old.labels
    .filter((label) => !now.labels.includes(label))
    .sort()
    .join(", ");
  const type = old.type === now.type ? "" : `a ${now.type}, was a ${old.type}`;
  return [type, more && `new labels ${more}`, less && `without the labels ${less}`].filter(Boolean).join("; ");
}

/** A new name informs; one that is gone, or is described otherwise, differs. */
function simpleChanges(topic: VersionChange["topic"], before: Map<string, string>, after: Map<string, string>): VersionChange[] {
  return both(before, after).flatMap(([what, old, now]): VersionChange[] => {
    if (old === now) return [];
    if (old === undefined) return [{ topic, weight: "informs", what, message: "new" }];
    if (now === undefined) return [{ topic, weight: "differs", what, message: "gone" }];
    // Where a type is not known, nothing can be said of it.
    return old === "" || now === "" ? [] : [{ topic, weight: "differs", what, message: `${now}, was ${old}` }];
  });
}

function both<T>(before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>): [string, T | undefined, T | undefined][] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.map((name) => [name, before.get(name), after.get(name)]);
}
