import { type Block, isBlock, texts } from "./values";

/** A stack as Terraform reads it: the content of `cdk.tf.json`. */
export type StackJson = Readonly<Record<string, unknown>>;

/** A resource of a stack. */
export interface Resource {
  readonly type: string;
  readonly name: string;
  /** `<type>.<name>`. */
  readonly address: string;
  readonly attributes: Block;
  /** The names of the environment file that it was made from, as the stack noted them in its comment; may be empty. */
  readonly madeFrom: readonly string[];
}

/** A synthesized stack, as guardrails look at it. */
export class StackView {
  private readonly json: StackJson;

  constructor(json: StackJson) {
    this.json = json;
  }

  /** The resources of these types, by address; of all types where none is named. */
  resources(...types: readonly string[]): Resource[] {
    const byType = isBlock(this.json.resource) ? this.json.resource : {};
    return Object.entries(byType)
      .filter(([type]) => types.length === 0 || types.includes(type))
      .flatMap(([type, byName]) => (isBlock(byName) ? Object.entries(byName) : []).flatMap((entry) => resourceOf(type, ...entry)))
      .sort((a, b) => (a.address < b.address ? -1 : 1));
  }

  /** The arguments of a data source, if the stack has it. */
  data(type: string, name: string): Block | undefined {
    const found = at(this.json.data, type, name);
    return isBlock(found) ? found : undefined;
  }

  /** The block `terraform`. */
  get terraform(): Block {
    return isBlock(this.json.terraform) ? this.json.terraform : {};
  }
}

function resourceOf(type: string, name: string, attributes: unknown): Resource[] {
  if (!isBlock(attributes)) return [];
  const madeFrom = texts(at(attributes["//"], "cdktf-litellm", "madeFrom"));
  return [{ type, name, address: `${type}.${name}`, attributes, madeFrom }];
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (isBlock(inner) ? inner[key] : undefined), value);
}
