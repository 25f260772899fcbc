import { type Path, type SourceNode, toValue } from "../../../source";
import { compareReleases } from "../../release";
import type { LintRule } from "../lint-rule";

const NAME = "allow_client_tags";
/** The releases that look at the switch. */
const WORKS = { from: "1.83.10", before: "1.84.0" };

/** A switch that only a few releases know. */
export const clientTagsSwitch: LintRule = {
  id: "client-tags-switch",
  severity: "note",
  summary: "allow_client_tags has no effect in this LiteLLM version",
  why: "From 1.83.10 until the end of 1.83 LiteLLM dropped the tags of clients unless metadata.allow_client_tags of the key or the team was true. 1.84.0 took that back, and before there was no such switch (pull requests 25905, 27784 and 27789 of BerriAI/litellm).",
  repair: "leave it for gateways of 1.83 and for NetBird, which asks for it; it protects nothing here",
  check: (context) => {
    const works = compareReleases(context.version, WORKS.from) >= 0 && compareReleases(context.version, WORKS.before) < 0;
    return switches(context.root, []).flatMap(({ path, value }) => {
      if (!works) {
        const message = `LiteLLM ${context.version} does not look at it: tags of clients always count`;
        return [context.foundAtName(clientTagsSwitch, path, { message, repair: clientTagsSwitch.repair })];
      }
      if (typeof value === "boolean") return [];
      const finding = context.found(clientTagsSwitch, path, { message: "only true counts, not text", repair: "write true" });
      return [{ ...finding, severity: "error" as const }];
    });
  },
};

function switches(node: SourceNode, path: Path): { path: Path; value: unknown }[] {
  if (node.kind === "list") return node.items.flatMap((item, index) => switches(item, [...path, index]));
  if (node.kind === "scalar") return [];
  return [...node.entries].flatMap(([name, entry]) => {
    const at = [...path, name];
    return name === NAME && path.at(-1) === "metadata" ? [{ path: at, value: toValue(entry.node) }] : switches(entry.node, at);
  });
}
