import { type Finding, found, type Occurrence, type Rule } from "../findings";
import { type MapNode, nodeAt, type Path, placeOfName, placeOfValue, showPath } from "../source";

/** A finding at a name of the environment file, or at what stands nearest around it where it was left out. */
export function foundAt(root: MapNode, rule: Rule, path: Path, message: string, more: Partial<Occurrence> = {}): Finding {
  const place = nodeAt(root, path) ? placeOfName(root, path) : placeOfValue(root, path);
  return found(rule, { place, path: showPath(path), message, repair: rule.repair, ...more });
}
