import { type Catalogue, knownVersions, loadCatalogue } from "../../core/litellm";
import { ROUTE_RULES } from "../../proxy/src/routes/classes";
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
    passThrough: [
      ...new Set(catalogue.routes.filter((route) => isPassThrough(route)).map(({ path }) => path.split("/")[1] ?? "")),
    ].sort(),
  };
}

/** Every operation that a release declares, as the proxy writes them. */
export function operationsOf({ routes }: Catalogue): Set<string> {
  return new Set(routes.map(({ method, path }) => `${method === "WS" ? "WEBSOCKET" : method} ${path}`));
}

/** Routes that hand any path below them on, with a key of the gateway. */
function isPassThrough({ class: name, keyed, method, path }: Catalogue["routes"][number]): boolean {
  return name === "pass-through" && keyed && method === "POST" && /^\/[^/{]+\/\{\w+:path\}$/.test(path);
}
