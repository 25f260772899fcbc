import { type MapNode, nodeAt, type Path, type SourceNode } from "../../source";

/** An item of `model_list` as rules see it; what does not fit its kind counts as absent. */
export interface Deployment {
  /** `model_list[n]`. */
  readonly path: Path;
  readonly node: MapNode;
  /** The model group. */
  readonly group: string | undefined;
  /** `litellm_params.model`. */
  readonly model: string | undefined;
  /** `custom_llm_provider`, or what stands before the first slash of the model. */
  readonly provider: string | undefined;
  readonly id: string | undefined;
  readonly mode: string | undefined;
  readonly params: MapNode | undefined;
  readonly info: MapNode | undefined;
}

/** The items of `model_list` that are mappings. */
export function deploymentsOf(root: SourceNode): Deployment[] {
  const list = nodeAt(root, ["model_list"]);
  if (list?.kind !== "list") return [];
  return list.items.flatMap((node, index) => (node.kind === "map" ? [deploymentOf(node, ["model_list", index])] : []));
}

/** The value of a text or number below a mapping, as text. */
export function textOf(node: SourceNode | undefined, name: string): string | undefined {
  const value = node && nodeAt(node, [name]);
  if (value?.kind !== "scalar" || value.value === null || typeof value.value === "boolean") return undefined;
  return String(value.value);
}

function deploymentOf(node: MapNode, path: Path): Deployment {
  const params = mappingAt(node, "litellm_params");
  const info = mappingAt(node, "model_info");
  const model = textOf(params, "model");
  const prefix = model?.includes("/") ? model.split("/", 1)[0] : undefined;
  return {
    path,
    node,
    group: textOf(node, "model_name"),
    model,
    provider: textOf(params, "custom_llm_provider") ?? prefix,
    id: textOf(info, "id"),
    mode: textOf(info, "mode"),
    params,
    info,
  };
}

function mappingAt(node: MapNode, name: string): MapNode | undefined {
  const value = node.entries.get(name)?.node;
  return value?.kind === "map" ? value : undefined;
}
