import { type Finding, found } from "../findings";
import { type MapNode, nodeAt } from "../source";
import { isLitellmBlock } from "./misplaced";
import { ENVIRONMENT_RULES } from "./rules";

/** What every environment has, or the file that it extends. */
const TELLING = ["name", "target", "litellm", "extends"];
const KEYS_FILE = /\.keys\.(?:ya?ml|json)$/i;

/** A file of another kind in the place of an environment: one finding that says so, instead of one for each of its names. */
export function otherKindOf(root: MapNode, file: string): Finding | undefined {
  if (TELLING.some((name) => nodeAt(root, [name]))) return undefined;
  const say = (message: string, repair: string): Finding =>
    found(ENVIRONMENT_RULES.invalid, { place: root.place, path: "", message, repair });
  if (KEYS_FILE.test(file))
    return say("this is a keys file, not an environment", "name the environment instead whose block keys names this file");
  if ([...root.entries.keys()].some(isLitellmBlock))
    return say(
      "this is a configuration of LiteLLM, not an environment",
      "look at it with cdktf-litellm lint, or make an environment of it with cdktf-litellm import",
    );
  return undefined;
}
