import { type Catalogue, knownVersions, loadCatalogue } from "../../core/litellm";
import { PASS_THROUGH_PREFIXES, ROUTE_RULES } from "../../proxy/src/routes/classes";
import type { Release } from "../../proxy/src/routes/declared";

/** What the identity proxy ships of each catalogued LiteLLM release: which of its routes exist there, and no more. */
export function releases(): Release[] {
  return knownVersions().flatMap((version) => {
    const catalogue = loadCatalogue(version);
    return catalogue ? [releaseOf(catalogue)] : [];
  });
}

function releaseOf(catalogue: Catalogue): Release {
  const declared = operationsOf(catalogue);
  const ours = ROUTE_RULES.flatMap(({ method, paths }) => paths.map((path) => `${method} ${path}`));
  return {
    version: catalogue.version,
    operations: ours.filter((operation) => declared.has(operation)).sort(),
    passThrough: PASS_THROUGH_PREFIXES.filter((prefix) => declared.has(`POST /${prefix}/{endpoint:path}`)),
  };
}

/** Every operation that a release declares, as the proxy writes them. */
export function operationsOf({ routes }: Catalogue): Set<string> {
  return new Set(routes.map(({ method, path }) => `${method === "WS" ? "WEBSOCKET" : method} ${path}`));
}
