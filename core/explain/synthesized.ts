import { dirname, join } from "node:path";
import { type MapNode, nodeAt, type Path, parseSource, readText, toValue } from "../source";

/** A resource or data source of a synthesized stack. */
export interface SynthesizedResource {
  /** As Terraform writes it: `terraform_data.gateway`, `data.aws_region.current`. */
  readonly address: string;
  readonly stack: string;
  /** The construct that made it. */
  readonly construct: string;
  /** The paths of the environment that its stack declares for it. */
  readonly madeFrom: readonly string[];
  /** The environment's file, relative to the project. */
  readonly environmentFile?: string;
}

/**
 * The resources of every stack that `cdktf synth` wrote; undefined where it has not run.
 *
 * @param folder the output folder, such as `cdktf.out`
 */
export function readSynthesized(folder: string): SynthesizedResource[] | undefined {
  const manifest = readJson(join(folder, "manifest.json"));
  const stacks = manifest && nodeAt(manifest, ["stacks"]);
  if (stacks?.kind !== "map") return undefined;
  return [...stacks.entries.keys()].flatMap((stack) => {
    const file = textAt(stacks, [stack, "synthesizedStackPath"]);
    const root = file === undefined ? undefined : readJson(join(dirname(join(folder, "manifest.json")), file));
    return root ? resourcesOf(root, stack) : [];
  });
}

function resourcesOf(root: MapNode, stack: string): SynthesizedResource[] {
  const environmentFile = textAt(root, ["//", "cdktf-litellm", "environmentFile"]);
  return (["resource", "data"] as const).flatMap((kind) =>
    namesAt(root, [kind]).flatMap((type) =>
      namesAt(root, [kind, type]).map((name) => {
        const comment: Path = [kind, type, name, "//"];
        const madeFrom = nodeAt(root, [...comment, "cdktf-litellm", "madeFrom"]);
        return {
          address: `${kind === "data" ? "data." : ""}${type}.${name}`,
          stack,
          construct: textAt(root, [...comment, "metadata", "path"]) ?? "",
          madeFrom: madeFrom ? (toValue(madeFrom) as string[]) : [],
          ...(environmentFile !== undefined && { environmentFile }),
        };
      }),
    ),
  );
}

/** JSON is YAML, so the one reader of user files serves. */
function readJson(file: string): MapNode | undefined {
  const read = readText(file, file);
  const parsed = "text" in read ? parseSource(read.text, file) : undefined;
  return parsed && "root" in parsed ? parsed.root : undefined;
}

function textAt(root: MapNode, path: Path): string | undefined {
  const node = nodeAt(root, path);
  return node?.kind === "scalar" && typeof node.value === "string" ? node.value : undefined;
}

function namesAt(root: MapNode, path: Path): string[] {
  const node = nodeAt(root, path);
  return node?.kind === "map" ? [...node.entries.keys()] : [];
}
