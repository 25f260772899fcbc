import { normalize } from "node:path";
import { CONFIG_RULES, DEFAULT_LITELLM_VERSION, loadEnvironmentTree } from "../config";
import { type Finding, nearestName, type Rule } from "../findings";
import { notImportable } from "../import";
import { type Catalogue, chooseCatalogue, LITELLM_RULES, loadCatalogue } from "../litellm";
import { type MapNode, nodeAt } from "../source";
import { ADDRESS, explainAddress } from "./explain-address";
import { explainEnvironmentName, nearEnvironmentName } from "./explain-environment";
import { explainLine } from "./explain-line";
import { explainRule } from "./explain-rule";
import { explainSetting, namesOf, nearSetting } from "./explain-setting";
import type { Explanation, Unexplained } from "./explanation";

/** Every rule of the toolkit that may be asked for. */
export const EXPLAINED_RULES: readonly Rule[] = [...CONFIG_RULES, ...LITELLM_RULES, notImportable];

export interface ExplainOptions {
  /** The environment that it is about. @default none: settings are explained for `litellmVersion` */
  readonly environmentFile?: string;
  /** @default the environment's, else the default version */
  readonly litellmVersion?: string;
  /** What `cdktf synth` wrote. */
  readonly synthesizedFolder: string;
  /** Rules of parts that the core does not know, such as guardrails. @default none */
  readonly moreRules?: readonly Rule[];
}

/** What was asked for, once for each thing that it may mean; or why there is nothing, or why the environment cannot be read. */
export type Answer = { readonly explanations: readonly Explanation[] } | Unexplained | { readonly findings: readonly Finding[] };

/**
 * Explains a rule's id, a settings path, a Terraform address (`terraform_data.gateway`), or a line of the rendered
 * config.yaml (`config.yaml:12`).
 */
export function explain(query: string, options: ExplainOptions): Answer {
  const rules = [...EXPLAINED_RULES, ...(options.moreRules ?? [])];
  const rule = explainRule(query, rules);
  if (rule) return { explanations: [rule] };
  const tree = options.environmentFile === undefined ? undefined : loadEnvironmentTree(options.environmentFile);
  if (tree && "findings" in tree) return { findings: tree.findings };
  const root = tree?.root;
  const line = /^(?:.*config\.ya?ml|render):(\d+)(?::\d+)?$/.exec(query)?.[1];
  if (line !== undefined) return explainRenderedLine(line, root);
  const catalogue = catalogueFor(root, options);
  if (!catalogue) return { problem: "there is no catalogue of this LiteLLM version", repair: "see cdktf-litellm versions" };
  return explainName(query, root, catalogue) ?? explainResource(query, options) ?? unknown(query, catalogue, rules);
}

function explainRenderedLine(written: string, root: MapNode | undefined): Answer {
  const line = Number(written);
  if (line < 1 || !Number.isSafeInteger(line))
    return { problem: `${written} is no number of a line`, repair: "name one, such as config.yaml:12" };
  if (!root)
    return {
      problem: "a rendered line is a line of one environment",
      repair: "name its file: explain config.yaml:12 environments/prod.yaml",
    };
  const explained = explainLine(line, root);
  return "problem" in explained ? explained : { explanations: [explained] };
}

function explainName(query: string, root: MapNode | undefined, catalogue: Catalogue): Answer | undefined {
  const config = root && nodeAt(root, ["litellm", "config"]);
  const settings = explainSetting(query, catalogue, config?.kind === "map" ? config : undefined);
  const own = explainEnvironmentName(query, root);
  const explanations = [...(own ? [own] : []), ...settings];
  return explanations.length > 0 ? { explanations } : undefined;
}

function explainResource(query: string, { synthesizedFolder, environmentFile }: ExplainOptions): Answer | undefined {
  if (!ADDRESS.test(query) || /_settings$/.test(namesOf(query)[0] ?? "")) return undefined;
  const rootOf = (file: string): MapNode | undefined => {
    const tree = loadEnvironmentTree(file);
    return "root" in tree ? tree.root : undefined;
  };
  const only = environmentFile === undefined ? undefined : normalize(environmentFile);
  const found = explainAddress(query, synthesizedFolder, rootOf, only);
  return "problem" in found ? found : { explanations: found };
}

function catalogueFor(root: MapNode | undefined, { litellmVersion }: ExplainOptions): Catalogue | undefined {
  const written = root && nodeAt(root, ["litellm", "version"]);
  const version = litellmVersion ?? (written?.kind === "scalar" ? written.text : DEFAULT_LITELLM_VERSION);
  return (
    chooseCatalogue(version)?.catalogue ?? (litellmVersion === undefined ? loadCatalogue(DEFAULT_LITELLM_VERSION) : undefined)
  );
}

function unknown(query: string, catalogue: Catalogue, known: readonly Rule[]): Unexplained {
  const near = query.trim() === "" ? undefined : nearName(query, catalogue, known);
  const kinds =
    "a rule, a settings path, a Terraform address such as terraform_data.gateway, or a rendered line such as config.yaml:12";
  return { problem: `nothing is called ${JSON.stringify(query)}`, repair: near ? `did you mean ${near}?` : `name ${kinds}` };
}

function nearName(query: string, catalogue: Catalogue, known: readonly Rule[]): string | undefined {
  const rules = known.map(({ id }) => id);
  return query.includes(".")
    ? (nearSetting(query, catalogue) ?? nearEnvironmentName(query))
    : (nearestName(query, rules) ?? nearSetting(query, catalogue) ?? nearEnvironmentName(query));
}
