import {
  type BodyKind,
  type ErrorShape,
  type ModelPlace,
  passThroughRule,
  ROUTE_RULES,
  type RouteClass,
  type RouteRule,
} from "./classes";

/** A route that a request may take. */
export interface Route {
  readonly class: RouteClass;
  readonly method: RouteRule["method"];
  /** The path as LiteLLM declares it. */
  readonly template: string;
  readonly body: BodyKind;
  readonly model: ModelPlace;
  readonly shape: ErrorShape;
  /** Query parameters that pass. */
  readonly query: readonly string[];
}

/** A route with what its path names. */
export interface RouteMatch {
  readonly route: Route;
  /** The model in the path, where the route has one there. */
  readonly pathModel?: string;
}

/** Why a request has no route. */
export type RouteProblem = "route_unknown" | "method_not_allowed";

interface Pattern {
  readonly test: RegExp;
  readonly byMethod: Map<string, Route>;
}

/** The longest that one segment of a path may be. */
const SEGMENT = "[A-Za-z0-9_.~:@+-]{1,256}";

/** The routes of one gateway: what {@link ROUTE_RULES} allows, as far as the gateway has it. */
export class RouteTable {
  private readonly fixed = new Map<string, Map<string, Route>>();
  private readonly patterns: Pattern[] = [];

  /**
   * @param declared whether the gateway has `METHOD /path`; all that is allowed where the profile does not know
   * @param passThrough paths of the settings that are forwarded too
   */
  constructor(declared: (operation: string) => boolean = () => true, passThrough: readonly string[] = []) {
    for (const rule of ROUTE_RULES) {
      for (const template of rule.paths) if (declared(`${rule.method} ${template}`)) this.add(rule, template);
    }
    for (const path of passThrough) this.add(passThroughRule(path), path);
  }

  /** The route of a request. `method` is `WEBSOCKET` for an upgrade. */
  find(method: string, path: string): RouteMatch | RouteProblem {
    const fixed = this.fixed.get(path);
    if (fixed) {
      const route = fixed.get(method);
      return route ? { route } : "method_not_allowed";
    }
    let known = false;
    for (const { test, byMethod } of this.patterns) {
      const matched = test.exec(path);
      if (!matched) continue;
      known = true;
      const route = byMethod.get(method);
      if (route)
        return route.model === "path" || route.model === "path-and-body" ? { route, pathModel: matched[1] ?? "" } : { route };
    }
    return known ? "method_not_allowed" : "route_unknown";
  }

  /** All routes, for documents and tests. */
  list(): Route[] {
    return [...this.fixed.values(), ...this.patterns.map(({ byMethod }) => byMethod)].flatMap((methods) => [...methods.values()]);
  }

  private add(rule: RouteRule, template: string): void {
    const { class: name, method, body, model, shape, query } = rule;
    const route: Route = { class: name, method, template, body, model, shape, query };
    const methods = template.includes("{") ? this.pattern(template) : getOrAdd(this.fixed, template, () => new Map());
    methods.set(method, route);
  }

  private pattern(template: string): Map<string, Route> {
    const source = template
      .replace(/[.+]/g, "\\$&")
      .replace(/\{\w+:path\}/g, `(${SEGMENT}(?:/${SEGMENT}){0,3})`)
      .replace(/\{\w+\}/g, `(${SEGMENT})`);
    const existing = this.patterns.find(({ test }) => test.source === new RegExp(`^${source}$`).source);
    if (existing) return existing.byMethod;
    const pattern = { test: new RegExp(`^${source}$`), byMethod: new Map<string, Route>() };
    this.patterns.push(pattern);
    return pattern.byMethod;
  }
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const existing = map.get(key);
  if (existing !== undefined) return existing;
  const value = make();
  map.set(key, value);
  return value;
}
