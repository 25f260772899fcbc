import type { Delivery } from "./desired";

/** What the service account that reconciles needs in one namespace: `rules` of a Role. */
export interface NamespaceRights {
  readonly namespace: string;
  readonly rules: readonly RoleRule[];
}

/** A rule of a Kubernetes Role, in Kubernetes' own words. */
export interface RoleRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames: readonly string[];
  readonly verbs: readonly string[];
}

/**
 * The least rights for delivery: the named Secrets and no others. `create` can be held to names because a server-side apply
 * carries the name in its path; a plain create could not.
 */
export function kubernetesRights(places: readonly Delivery[]): NamespaceRights[] {
  const names = new Map<string, Set<string>>();
  for (const place of places) {
    if (!("kubernetes" in place)) continue;
    const { namespace, name } = place.kubernetes;
    names.set(namespace, (names.get(namespace) ?? new Set()).add(name));
  }
  return [...names]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([namespace, secrets]) => ({ namespace, rules: [ruleFor([...secrets].sort())] }));
}

function ruleFor(resourceNames: readonly string[]): RoleRule {
  return { apiGroups: [""], resources: ["secrets"], resourceNames, verbs: ["create", "get", "patch"] };
}
