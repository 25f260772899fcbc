import { type Finding, found, type Occurrence, type Rule } from "../../findings";
import { type Entry, nodeAt, type Path, placeOfName, placeOfValue, type SourceNode, showPath, toValue } from "../../source";
import { type Catalogue, loadPrices, type ModelPrice, type PriceTable } from "../catalogue";
import { type Deployment, deploymentsOf, textOf } from "./deployment";
import { ModelGroups } from "./model-groups";
import type { Surroundings } from "./surroundings";

/** What a rule says of the case at hand; the place follows from the path. */
export type Remark = Omit<Occurrence, "place" | "path">;

/** A text and where it stands. */
export interface PlacedText {
  readonly text: string;
  readonly path: Path;
}

/** A configuration and what is known around it, with the questions that rules ask. */
export class LintContext {
  /** The items of `model_list`. */
  readonly deployments: readonly Deployment[];
  /** What clients may call, and what fallbacks may name. */
  readonly groups: ModelGroups;

  private prices: PriceTable | undefined;

  constructor(
    readonly root: SourceNode,
    readonly surroundings: Surroundings,
  ) {
    this.deployments = deploymentsOf(root);
    this.groups = new ModelGroups(root, this.deployments);
  }

  get catalogue(): Catalogue {
    return this.surroundings.catalogue;
  }

  /** The LiteLLM version that reads the configuration. */
  get version(): string {
    return this.catalogue.version;
  }

  /** What LiteLLM's own list says of a deployment's model: by its base model, its name, or the name after the provider. */
  priceOf({ model, provider, info }: Deployment): ModelPrice | undefined {
    this.prices ??= loadPrices(this.version);
    const base = textOf(info, "base_model");
    if (base !== undefined) return this.prices?.find(base);
    const row = model === undefined ? undefined : this.prices?.find(model);
    // The same name with another provider is another model (`_check_provider_match` in litellm/utils.py, LiteLLM 1.108.10).
    return row && (provider === undefined || row.name === model || row.provider.startsWith(provider)) ? row : undefined;
  }

  /** Names of LiteLLM's list of models. */
  modelNames(): string[] {
    this.prices ??= loadPrices(this.version);
    return this.prices?.names() ?? [];
  }

  get production(): boolean {
    return this.surroundings.production ?? false;
  }

  node(path: Path): SourceNode | undefined {
    return nodeAt(this.root, path);
  }

  /** Whether something stands at `path`; an empty value does not. */
  has(path: Path): boolean {
    const node = this.node(path);
    return node !== undefined && !(node.kind === "scalar" && node.value === null);
  }

  /** The plain value at `path`; undefined where nothing stands. */
  value(path: Path): unknown {
    const node = this.node(path);
    return node ? toValue(node) : undefined;
  }

  /** The text at `path`; undefined for everything else. */
  text(path: Path): string | undefined {
    const value = this.value(path);
    return typeof value === "string" ? value : undefined;
  }

  /** Whether the switch at `path` is on. */
  isOn(path: Path): boolean {
    const value = this.value(path);
    return value === true || (typeof value === "string" && value.toLowerCase() === "true");
  }

  /** The entries of the mapping at `path`; none where there is no mapping. */
  entries(path: Path): [string, Entry][] {
    const node = this.node(path);
    return node?.kind === "map" ? [...node.entries] : [];
  }

  /** The items of the list at `path`; none where there is no list. */
  items(path: Path): readonly SourceNode[] {
    const node = this.node(path);
    return node?.kind === "list" ? node.items : [];
  }

  /** The texts of the list at `path`, or the one text that stands in its place. */
  texts(path: Path): PlacedText[] {
    const one = this.text(path);
    if (one !== undefined) return [{ text: one, path }];
    return this.items(path).flatMap((_, index) => {
      const text = this.text([...path, index]);
      return text === undefined ? [] : [{ text, path: [...path, index] }];
    });
  }

  /** Whether the gateway's process has the variable; undefined where nobody said what it has. */
  hasVariable(name: string): boolean | undefined {
    if (this.has(["environment_variables", name])) return true;
    return this.surroundings.variables?.has(name);
  }

  /** The value of a variable that is no secret. */
  variable(name: string): string | undefined {
    const own = this.value(["environment_variables", name]);
    return own === undefined || own === null ? this.surroundings.variables?.get(name) : String(own);
  }

  /** A finding about the value at `path`. */
  found(rule: Rule, path: Path, remark: Remark): Finding {
    return this.finding(rule, path, placeOfValue(this.root, path), remark);
  }

  /** A finding about the name at the end of `path`. */
  foundAtName(rule: Rule, path: Path, remark: Remark): Finding {
    return this.finding(rule, path, placeOfName(this.root, path), remark);
  }

  private finding(rule: Rule, path: Path, place: Occurrence["place"], remark: Remark): Finding {
    const shown = showPath([...(this.surroundings.at ?? []), ...path]);
    return found(rule, { ...remark, ...(place && { place }), path: shown });
  }
}
