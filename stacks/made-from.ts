import { TerraformDataSource, TerraformResource, type TerraformStack } from "cdktf";
import type { Construct } from "constructs";

/** Where the synthesized stack keeps it: `//` is a comment to Terraform. `cdktf-litellm explain <address>` reads it. */
const COMMENT = "//.cdktf-litellm";

/**
 * Declares the paths of the environment that a construct, with all below it, is made from, such as `litellm.config`. What
 * is closer to a resource wins: declare the whole first, then its parts.
 */
export function madeFrom(construct: Construct, ...paths: readonly string[]): void {
  for (const child of construct.node.findAll()) {
    const isAddressed = TerraformResource.isTerraformResource(child) || TerraformDataSource.isTerraformDataSource(child);
    if (isAddressed) child.addOverride(`${COMMENT}.madeFrom`, paths);
  }
}

/** Declares the file that the stack's environment was read from, relative to the project folder. */
export function declareEnvironmentFile(stack: TerraformStack, file: string): void {
  stack.addOverride(`${COMMENT}.environmentFile`, file);
}
