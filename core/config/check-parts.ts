import type { Finding } from "../findings";
import { type MapNode, nodeAt, ownValue, type Path, toValue } from "../source";
import {
  type Deployment,
  ELSEWHERE,
  NOT_YET_AVAILABLE,
  SECRET_PLACES_ELSEWHERE,
  SECRET_PLACES_TO_COME,
  TARGETS_TO_COME,
} from "./availability";
import { foundAt } from "./found-at";
import { ENVIRONMENT_RULES } from "./rules";

/** What an environment is deployed to. Anything that is not clearly on AWS is judged as local, the narrower of the two. */
export function deploymentOf(root: MapNode): Deployment {
  const target = nodeAt(root, ["target"]);
  return target && toValue(target) === "kubernetes" && nodeAt(root, ["aws"]) ? "aws" : "local";
}

/** Blocks, targets and places of secrets that come later, or that belong to another target. */
export function checkParts(root: MapNode): Finding[] {
  const deployment = deploymentOf(root);
  const toCome = [...present(root, NOT_YET_AVAILABLE), ...presentSecrets(root, SECRET_PLACES_TO_COME)];
  const elsewhere = [...present(root, ELSEWHERE[deployment]), ...presentSecrets(root, SECRET_PLACES_ELSEWHERE[deployment])];
  const isToCome = targetToCome(root);
  return [
    ...isToCome,
    ...toCome.map((part) => notYet(root, part)),
    // Of a target that cannot be deployed anyway, nothing more needs to be said.
    ...(isToCome.length > 0 ? [] : elsewhere.map((part) => ofAnotherTarget(root, part))),
    ...(deployment === "aws" ? [dataHalfOnly(root)] : []),
  ];
}

interface Part {
  readonly path: Path;
  readonly reason: string;
}

function present(root: MapNode, parts: Readonly<Record<string, string>>): Part[] {
  const all = Object.entries(parts).map(([path, reason]) => ({ path: path.split("."), reason }));
  return all.filter(({ path }) => nodeAt(root, path) !== undefined);
}

function presentSecrets(root: MapNode, places: Readonly<Record<string, string>>): Part[] {
  const secrets = nodeAt(root, ["secrets"]);
  const names = secrets?.kind === "map" ? [...secrets.entries.keys()] : [];
  const all = names.flatMap((name) =>
    Object.entries(places).map(([place, reason]) => ({ path: ["secrets", name, place], reason })),
  );
  return all.filter(({ path }) => nodeAt(root, path) !== undefined);
}

function targetToCome(root: MapNode): Finding[] {
  const node = nodeAt(root, ["target"]);
  const target = node ? toValue(node) : undefined;
  const reason = typeof target === "string" && deploymentOf(root) === "local" ? ownValue(TARGETS_TO_COME, target) : undefined;
  if (!reason) return [];
  const message = `target: ${target} is not available in this version of cdktf-litellm: it comes with ${reason}`;
  return [foundAt(root, ENVIRONMENT_RULES.notYet, ["target"], message, { repair: "write target: local, or add a block aws" })];
}

function notYet(root: MapNode, { path, reason }: Part): Finding {
  const message = `${path.at(-1)} is not available in this version of cdktf-litellm: it comes with ${reason}`;
  return foundAt(root, ENVIRONMENT_RULES.notYet, path, message, { repair: "remove it until then" });
}

function ofAnotherTarget(root: MapNode, { path, reason }: Part): Finding {
  return foundAt(root, ENVIRONMENT_RULES.otherTarget, path, reason);
}

function dataHalfOnly(root: MapNode): Finding {
  const message = "this version deploys the data half of this environment and not yet its gateway";
  const name = nodeAt(root, ["name"]);
  const stack = name ? `${toValue(name)}-data` : "<name>-data";
  const repair = `npx cdktf deploy ${stack} brings up what there is`;
  return foundAt(root, ENVIRONMENT_RULES.dataHalfOnly, ["target"], message, { repair });
}
