import type { Path, SourceNode } from "../../source";
import type { Catalogue, ModelPrice } from "../catalogue";
import { LintContext } from "./context";

/** A deployment, and what LiteLLM's list of models says of its model. */
export interface DeploymentPrice {
  /** The path of `litellm_params.model`. */
  readonly path: Path;
  readonly model: string;
  /** Undefined where the list does not have the model. */
  readonly price: ModelPrice | undefined;
}

/** The models of a configuration with their rows in the list of one LiteLLM version. */
export function deploymentPrices(root: SourceNode, catalogue: Catalogue): DeploymentPrice[] {
  const context = new LintContext(root, { catalogue });
  return context.deployments.flatMap((deployment) => {
    const { model, path } = deployment;
    return model === undefined ? [] : [{ path: [...path, "litellm_params", "model"], model, price: context.priceOf(deployment) }];
  });
}
