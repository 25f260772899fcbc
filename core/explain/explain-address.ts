import { nearestName } from "../findings";
import { type MapNode, nodeAt, placeOfName } from "../source";
import type { AddressExplanation, Unexplained } from "./explanation";
import { readSynthesized, type SynthesizedResource } from "./synthesized";

/** How Terraform writes the address of a resource: `terraform_data.gateway`, `data.aws_region.current`, `aws_subnet.a[0]`. */
export const ADDRESS = /^(?:data\.)?[a-z][a-z0-9]*_[a-z0-9_]+\.[A-Za-z_][\w-]*(?:\[[^\]]*\])?(?:\..*)?$/;

/**
 * The construct behind a Terraform address, and the lines of the environment that it is made from.
 *
 * @param folder what `cdktf synth` wrote
 * @param rootOf the tree of an environment file; undefined where it cannot be read
 * @param only the one environment file to look at
 */
export function explainAddress(
  written: string,
  folder: string,
  rootOf: (file: string) => MapNode | undefined,
  only?: string,
): AddressExplanation[] | Unexplained {
  const resources = readSynthesized(folder)?.filter(({ environmentFile }) => only === undefined || environmentFile === only);
  if (!resources) return { problem: `there is nothing synthesized in ${folder}`, repair: "run cdktf synth first" };
  const address = /^(?:data\.)?[^.[]+\.[^.[]+/.exec(written)?.[0] ?? written;
  const found = resources.filter((resource) => resource.address === address);
  if (found.length > 0) return found.map((resource) => explained(resource, rootOf));
  const near = nearestName(address, new Set(resources.map((resource) => resource.address)));
  return { problem: `no stack in ${folder} has ${address}`, ...(near && { repair: `did you mean ${near}?` }) };
}

function explained(resource: SynthesizedResource, rootOf: (file: string) => MapNode | undefined): AddressExplanation {
  const { address, stack, construct, environmentFile } = resource;
  const root = environmentFile === undefined ? undefined : rootOf(environmentFile);
  const paths = resource.madeFrom.length > 0 ? resource.madeFrom : likelyPaths(construct, root);
  const madeFrom = paths.map((path) => {
    const steps = path.split(".");
    const place = root && nodeAt(root, steps) ? placeOfName(root, steps) : undefined;
    return { path, ...(place && { place }) };
  });
  return { kind: "address", address, stack, construct, ...(environmentFile !== undefined && { environmentFile }), madeFrom };
}

/** Where a stack declares nothing: the blocks of the environment that constructs on the way are named after. */
function likelyPaths(construct: string, root: MapNode | undefined): string[] {
  return construct.split("/").filter((step) => root?.entries.has(step));
}
