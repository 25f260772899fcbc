import type { Identity } from "../identity/identity";
import { INFERENCE_CLASSES, type RouteClass } from "../routes/classes";
import type { PolicySettings } from "../settings/upstream-schema";
import { type ModelList, modelList } from "./model-pattern";

/** What a caller may do, taken from all of the caller's groups together. */
export interface Grant {
  /** The caller's groups that the policy lists, in the policy's order. */
  readonly groups: readonly string[];
  /** Tags of these groups, each once. */
  readonly tags: readonly string[];
  /** How many groups the policy does not list. */
  readonly unknownGroups: number;
  /** The models that may be used on routes of a class; undefined where the class is not allowed. */
  models(routeClass: RouteClass): ModelList | undefined;
}

/** A refusal for whoever has a group that is not listed, where the policy wants that. */
export interface UnknownGroup {
  readonly unknown: true;
}

interface Rule {
  readonly group: string;
  readonly routes: ReadonlySet<RouteClass>;
  readonly models: readonly string[];
  readonly tags: readonly string[];
}

/** Who may do what. A route and a model must be allowed by the same group: rights of two groups do not add up to a third. */
export class Policy {
  private readonly rules: readonly Rule[];
  private readonly everyone: Rule | undefined;
  private readonly known: ReadonlySet<string>;
  private readonly refuseUnknown: boolean;

  constructor(settings: PolicySettings) {
    this.rules = settings.groups.map(({ group, routes, models, tags }) => ({
      group,
      routes: routeClasses(routes),
      models,
      tags: tags ?? [group],
    }));
    const { everyone } = settings;
    this.everyone = everyone && {
      group: "",
      routes: routeClasses(everyone.routes),
      models: everyone.models,
      tags: everyone.tags ?? [],
    };
    this.known = new Set(this.rules.map(({ group }) => group));
    this.refuseUnknown = settings.unknownGroups === "refuse";
  }

  /** What `identity` may do. */
  grant(identity: Identity): Grant | UnknownGroup {
    const own = new Set(identity.groups);
    const unknownGroups = identity.groups.filter((group) => !this.known.has(group)).length;
    if (unknownGroups > 0 && this.refuseUnknown) return { unknown: true };
    const rules = this.rules.filter(({ group }) => own.has(group));
    const all = this.everyone ? [...rules, this.everyone] : rules;
    const models = modelsByClass(all);
    return {
      groups: rules.map(({ group }) => group),
      tags: [...new Set(all.flatMap(({ tags }) => tags))],
      unknownGroups,
      models: (routeClass) => models.get(routeClass),
    };
  }
}

/** Classes that a policy names, `inference` standing for all that call a model and answer at once. */
export function routeClasses(names: readonly string[]): ReadonlySet<RouteClass> {
  return new Set(names.flatMap((name) => (name === "inference" ? INFERENCE_CLASSES : [name as RouteClass])));
}

function modelsByClass(rules: readonly Rule[]): Map<RouteClass, ModelList> {
  const patterns = new Map<RouteClass, string[]>();
  for (const { routes, models } of rules) {
    for (const name of routes) patterns.set(name, [...(patterns.get(name) ?? []), ...models]);
  }
  return new Map([...patterns].map(([name, list]) => [name, modelList(list)]));
}
