import { type MapNode, nodeAt, type Path, placeOfName, type SourceNode, toValue } from "../source";
import { unimportable } from "./config-source";
import type { YamlInput } from "./read-yaml";

/** The service that runs LiteLLM, or the one that was asked for. @throws what {@link unimportable} makes where there is no such one, or several */
export function findService({ root }: YamlInput, wanted: string | undefined): string {
  const services = childrenOf(root, ["services"]);
  if (services.length === 0)
    throw unimportable(
      placeOfName(root, ["services"]),
      "services",
      "there are no services here",
      "leave --kind out, or say what it is",
    );
  const running = services.filter(([, { node }]) => runsLitellm(node)).map(([name]) => name);
  const name = wanted ?? (running.length === 1 ? running[0] : undefined);
  if (name !== undefined && services.some(([known]) => known === name)) return name;
  const message =
    running.length > 1
      ? "several services run LiteLLM"
      : wanted === undefined
        ? "no service runs LiteLLM"
        : "there is no such service";
  const names = (running.length > 1 ? running : services.map(([known]) => known)).join(", ");
  throw unimportable(placeOfName(root, ["services"]), "services", message, `name one with --service: ${names}`);
}

function runsLitellm(node: SourceNode): boolean {
  const { image, command, entrypoint, container_name } = Object(toValue(node)) as Record<string, unknown>;
  return (
    /litellm/i.test(String(image ?? "")) ||
    /\blitellm\b/i.test(JSON.stringify([command, entrypoint, image ? undefined : container_name]))
  );
}

/** The entries of the mapping at a path; none where there is no mapping. */
export function childrenOf(root: MapNode, path: Path) {
  const node = nodeAt(root, path);
  return node?.kind === "map" ? [...node.entries] : [];
}
