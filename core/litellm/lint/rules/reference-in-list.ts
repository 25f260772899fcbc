import type { Path, SourceNode } from "../../../source";
import type { LintRule } from "../lint-rule";

/** The one list whose items are replaced (litellm/integrations/SlackAlerting/utils.py, LiteLLM 1.108.10). */
const REPLACED = "alert_to_webhook_url";

/** A reference that is an item of a list. */
export const referenceInList: LintRule = {
  id: "reference-in-list",
  severity: "error",
  summary: "a reference is an item of a list",
  why: "Webhooks of alerts left aside, LiteLLM replaces references that are values of a name, and leaves items of lists as they are, without a word (_resolved_config_value in litellm/proxy/proxy_server.py, LiteLLM 1.108.10).",
  repair: "write the value itself, if it is no secret; a secret cannot stand in a list",
  check: (context) =>
    itemsOfLists(context.root, [])
      .filter((path) => !path.includes(REPLACED))
      .map((path) =>
        context.found(referenceInList, path, {
          message: "LiteLLM does not replace a reference that is an item of a list",
          repair: referenceInList.repair,
        }),
      ),
};

function itemsOfLists(node: SourceNode, path: Path): Path[] {
  if (node.kind === "map") return [...node.entries].flatMap(([name, entry]) => itemsOfLists(entry.node, [...path, name]));
  if (node.kind === "scalar") return [];
  return node.items.flatMap((item, index) => {
    const at = [...path, index];
    if (item.kind !== "scalar") return itemsOfLists(item, at);
    return typeof item.value === "string" && item.value.startsWith("os.environ/") ? [at] : [];
  });
}
