import { type MapNode, soundParts } from "../source";
import { type EnvironmentInput, environmentSchema } from "./schema";

/** What of an environment file can be judged. */
export interface SoundInput {
  /** Without the optional parts whose form is not right. */
  readonly input: EnvironmentInput;
  /** Names of those parts. */
  readonly unsound: ReadonlySet<string>;
}

/** What can be judged of a file with mistakes in its form; undefined where a part is among them that everything depends on. */
export function soundInput(root: MapNode): SoundInput | undefined {
  const { parts, unsound } = soundParts(root, environmentSchema);
  if (["name", "target", "litellm"].some((name) => unsound.has(name))) return undefined;
  return { input: parts as EnvironmentInput, unsound };
}
