import { environmentSchema, NOT_YET_AVAILABLE } from "../config";
import { nearestName } from "../findings";
import { describeSchema, knownNames, type MapNode, nodeAt, placeOfName, schemasAt } from "../source";
import type { EnvironmentNameExplanation } from "./explanation";

/** A name of the environment file itself, such as `litellm.port`; undefined where it has none such. */
export function explainEnvironmentName(written: string, root?: MapNode): EnvironmentNameExplanation | undefined {
  const steps = stepsOf(written);
  const parent = steps.slice(0, -1);
  const name = steps.at(-1);
  const siblings = knownNames(environmentSchema, parent);
  const isOwn = parent.length > 0 && siblings.length === 0 && schemasAt(environmentSchema, steps).length > 0;
  if (name === undefined || (!isOwn && !siblings.includes(String(name)))) return undefined;
  const names = knownNames(environmentSchema, steps);
  const notYet = NOT_YET_AVAILABLE[steps.join(".")];
  return {
    kind: "environment",
    path: written,
    expected: describeSchema(schemasAt(environmentSchema, steps)),
    ...(names.length > 0 && { names }),
    ...(notYet !== undefined && { notYet }),
    ...(root && nodeAt(root, steps) && { setAt: placeOfName(root, steps) }),
  };
}

/** The name of the environment file that a misspelt one is nearest to. */
export function nearEnvironmentName(written: string): string | undefined {
  const steps = stepsOf(written);
  const near = nearestName(String(steps.at(-1) ?? ""), knownNames(environmentSchema, steps.slice(0, -1)));
  return near && [...steps.slice(0, -1), near].join(".");
}

function stepsOf(written: string): (string | number)[] {
  const steps = written
    .replace(/\[(\d+)\]/g, ".$1")
    .split(".")
    .filter(Boolean);
  return steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}
