import { nodeAt, type SourceNode, toValue } from "../../source";
import { type Deployment, deploymentsOf, textOf } from "./deployment";

/** What a name in a request, a fallback or a grant may stand for (`Router._common_checks_available_deployment`, 1.108.10). */
export class ModelGroups {
  /** `model_name` of all deployments. */
  readonly names: ReadonlySet<string>;
  /** `model_group_alias`: what each alias stands for. */
  readonly aliases: ReadonlyMap<string, string>;
  /** False where models may come from elsewhere: another file, the database, or no `model_list` at all. */
  readonly complete: boolean;
  private readonly others: ReadonlySet<string>;
  private readonly patterns: readonly RegExp[];
  private readonly takesAnything: boolean;

  constructor(root: SourceNode, deployments: readonly Deployment[]) {
    this.names = new Set(deployments.flatMap(({ group }) => (group === undefined ? [] : [group])));
    this.aliases = aliasesOf(root);
    this.complete =
      deployments.length > 0 && !nodeAt(root, ["include"]) && !isOn(nodeAt(root, ["general_settings", "store_model_in_db"]));
    this.others = new Set([...deployments.flatMap(otherNames), ...routingGroups(root)]);
    this.patterns = [...this.names].filter((name) => name.includes("*")).map(patternOf);
    this.takesAnything = this.names.has("*");
  }

  /** Whether a request for `name` finds a deployment. Where it cannot be told, it does. */
  serves(name: string): boolean {
    if (!this.complete || this.takesAnything || this.names.has(name) || this.others.has(name)) return true;
    if (this.aliases.has(name)) return true;
    if (this.patterns.some((pattern) => pattern.test(name))) return true;
    // `openai/*` serves `gpt-4o` too, because LiteLLM knows whose model that is.
    return !name.includes("/") && this.patterns.some((pattern) => pattern.source.includes("/"));
  }

  /** Every name that a typing mistake may have been meant for. */
  known(): string[] {
    return [...this.names, ...this.aliases.keys()];
  }
}

/** What a configuration serves, for who is no lint rule. */
export function modelGroupsOf(config: SourceNode): ModelGroups {
  return new ModelGroups(config, deploymentsOf(config));
}

function aliasesOf(root: SourceNode): Map<string, string> {
  const node = nodeAt(root, ["router_settings", "model_group_alias"]);
  const aliases = new Map<string, string>();
  if (node?.kind !== "map") return aliases;
  for (const [alias, { node: target }] of node.entries) {
    const name = target.kind === "map" ? textOf(target, "model") : textOf(node, alias);
    if (name !== undefined) aliases.set(alias, name);
  }
  return aliases;
}

/** A deployment also answers to its id, to its provider's model name, and to the name that its team knows it by. */
function otherNames({ id, model, info }: Deployment): string[] {
  return [id, model, textOf(info, "team_public_model_name")].filter((name): name is string => name !== undefined);
}

function routingGroups(root: SourceNode): string[] {
  const groups = nodeAt(root, ["router_settings", "routing_groups"]);
  if (groups?.kind !== "list") return [];
  return groups.items.flatMap((item) => textOf(item, "group_name") ?? []);
}

function patternOf(name: string): RegExp {
  const escaped = name.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${escaped}$`);
}

function isOn(node: SourceNode | undefined): boolean {
  return node !== undefined && toValue(node) === true;
}
