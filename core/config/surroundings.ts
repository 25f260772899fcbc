import type { Surroundings } from "../litellm";
import { type MapNode, nodeAt, toValue } from "../source";
import { DEFAULT_CLASS } from "./aws-environment";
import { providedOnAws } from "./aws-gateway";
import { deploymentOf } from "./check-parts";
import { processesOf } from "./processes";

/** Variables that the local target provides by itself, unless `secrets` declares them. */
export const PROVIDED_BY_LOCAL: readonly string[] = ["LITELLM_MASTER_KEY", "LITELLM_SALT_KEY", "DATABASE_URL"];

/** Variables of LiteLLM's process that the environment's target provides by itself. */
export function providedBy(root: MapNode): readonly string[] {
  return deploymentOf(root) === "aws" ? providedOnAws(root) : PROVIDED_BY_LOCAL;
}

/**
 * What an environment file says of the gateway beside its configuration. Read from the tree, so that a mistake elsewhere
 * in the file does not hide what lint finds.
 *
 * @param today `YYYY-MM-DD`
 */
export function surroundingsOf(root: MapNode, today: string): Omit<Surroundings, "catalogue" | "at"> {
  const variables = new Map<string, string | undefined>(providedBy(root).map((name) => [name, undefined]));
  for (const name of namesAt(root, ["secrets"])) variables.set(name, undefined);
  for (const name of namesAt(root, ["litellm", "environment"])) {
    const node = nodeAt(root, ["litellm", "environment", name]);
    variables.set(name, node?.kind === "scalar" ? node.text : undefined);
  }
  const production = deploymentOf(root) === "aws" && environmentClass(root) === "production";
  return { today, variables, sources: sourcesOf(root), replicas: processesOf(root), production };
}

function environmentClass(root: MapNode): unknown {
  const node = nodeAt(root, ["aws", "class"]);
  return node ? toValue(node) : DEFAULT_CLASS;
}

function sourcesOf(root: MapNode): Map<string, string> {
  return new Map(
    namesAt(root, ["secrets"]).flatMap((name) => {
      const node = nodeAt(root, ["secrets", name]);
      return node ? [[name, JSON.stringify(toValue(node))]] : [];
    }),
  );
}

function namesAt(root: MapNode, path: readonly string[]): string[] {
  const node = nodeAt(root, path);
  return node?.kind === "map" ? [...node.entries.keys()] : [];
}
