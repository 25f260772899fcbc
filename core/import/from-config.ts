import type { Draft } from "./draft";
import { readAsLitellm } from "./read-as-litellm";
import { wholeFile, type YamlInput } from "./read-yaml";

/** Takes over a configuration file of LiteLLM's own. */
export function fromConfig(input: YamlInput, draft: Draft): void {
  const config = wholeFile(input);
  draft.config = config;
  draft.say("moved", "", { file: input.file, line: 1, column: 1 }, "to litellm.config");
  readAsLitellm(config, draft, "pyyaml");
}
