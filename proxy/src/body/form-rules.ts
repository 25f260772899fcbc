import { BodyProblem } from "./problem";
import { type RuleNode, ruleFor } from "./rule-tree";
import type { Insertion, MemberValue } from "./rules";

/** What happens to a field. */
export type FieldVerdict = "keep" | "remove" | "read";

/** Longest value of a field that is read, in bytes. */
export const LONGEST_READ = 16_384;

/** Decides on the fields of one form by the rules for members of a JSON body. */
export class FormRules {
  /** What the rules wanted to read. */
  readonly values = new Map<string, MemberValue>();
  private readonly seen = new Set<RuleNode>();

  constructor(private readonly tree: RuleNode) {}

  /**
   * What happens to a field. A member that would be searched inside is removed as a whole, since LiteLLM reads a field `metadata`
   * as JSON text. `name[]` is judged as `name`; other names with brackets, which some servers make objects of, are removed.
   *
   * @throws BodyProblem for a field that is refused
   */
  judge(name: string, isFile: boolean): FieldVerdict {
    const [base = "", ...rest] = name.split("[");
    const rule = ruleFor(this.tree, base);
    if (rule?.refuse) throw new BodyProblem("forbidden_member", `the field ${rule.path} is not allowed`);
    if (rule && isFile) throw new BodyProblem("wrong_type", `the field ${rule.path} must be text, not a file`);
    const isList = rest.length === 1 && rest[0] === "]";
    if (rest.length > 0 && !isList) return "remove";
    if (!rule) return name === "_charset_" ? "remove" : "keep";
    if (rule.remove || rule.object || rule.children.size > 0 || rule.prefixes.length > 0) return "remove";
    return this.ruled(rule, name);
  }

  /** Takes the value of a field whose verdict was `read`. */
  read(name: string, value: string): void {
    this.values.set(name, value);
  }

  private ruled(rule: RuleNode, name: string): FieldVerdict {
    if (rule.name !== name)
      throw new BodyProblem("ambiguous_member", `a field is spelt almost like ${rule.path}: use the exact name`);
    if (this.seen.has(rule)) throw new BodyProblem("duplicate_member", `the field ${rule.path} stands there twice`);
    this.seen.add(rule);
    return rule.read ? "read" : "keep";
  }
}

/** Insertions as fields: text as it is, everything else as JSON text, which is how LiteLLM 1.108.10 reads `litellm_metadata`. */
export function insertedFields(insertions: readonly Insertion[]): [name: string, value: string][] {
  const fields = new Map<string, string[]>();
  const plain: [string, string][] = [];
  for (const { path, json } of insertions) {
    const [first = "", second] = path;
    if (second === undefined) plain.push([first, json.startsWith('"') ? String(JSON.parse(json)) : json]);
    else fields.set(first, [...(fields.get(first) ?? []), `${JSON.stringify(second)}:${json}`]);
  }
  return [...plain, ...[...fields].map(([name, members]): [string, string] => [name, `{${members.join(",")}}`])];
}
