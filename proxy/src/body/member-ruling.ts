import { asMember, type PlannedInsertions } from "./insertions";
import { OPEN } from "./json-bytes";
import type { Level, MemberEdits, MemberStart } from "./member-edits";
import { memberName } from "./member-text";
import { BodyProblem } from "./problem";
import { mayHaveRule, type RuleNode, ruleFor } from "./rule-tree";
import type { MemberValue } from "./rules";
import { checkType, hasInside } from "./value-type";

/** Decides what happens to each member that a scan meets, and has it done. */
export class MemberRuling {
  /** Values of the members that rules want to read. */
  readonly values = new Map<string, MemberValue>();
  private rule: RuleNode | undefined;
  private removing = false;
  private readonly met = new Set<string>();

  constructor(
    private readonly edits: MemberEdits,
    private readonly insertions: PlannedInsertions,
  ) {}

  /**
   * The name of a member ends before `to`.
   *
   * @throws BodyProblem for a member that is refused, stands there twice, or is spelt almost like one that has a rule
   */
  name(member: MemberStart, to: number): void {
    const { level, work } = this.edits;
    if (!level) return;
    const from = member.name;
    // Most names have no rule, and need not be made text.
    const name = mayHaveRule(level.rule, work, from + 1, to - 1) ? memberName(work.subarray(from, to)) : undefined;
    const rule = name === undefined ? undefined : ruleFor(level.rule, name);
    this.rule = rule;
    this.removing = false;
    if (!rule || name === undefined) this.edits.keep(member, level);
    else this.apply(rule, name, member, level);
  }

  /**
   * The value of the member begins. True when it is an object with rules inside, which is entered.
   *
   * @throws BodyProblem for a value of a wrong type
   */
  value(member: MemberStart, first: number): boolean {
    const { rule } = this;
    if (!rule || this.removing) return false;
    checkType(rule, first);
    const { level } = this.edits;
    const insert = this.edits.depth === 1 ? (this.insertions.inside.get(rule.name) ?? "") : "";
    if (hasInside(rule) && first === OPEN) {
      this.met.add(rule.name);
      this.edits.open(rule, member, insert);
      return true;
    }
    if (level && insert !== "") this.remove(member, level);
    else if (level && !rule.read) this.edits.keep(member, level);
    return false;
  }

  /** The value of the member stands between two positions, and can be read by `read`. */
  end(member: MemberStart, from: number, to: number, read?: (bytes: Buffer) => MemberValue): void {
    const { level, work } = this.edits;
    if (this.removing) this.edits.endBlank(to);
    else if (this.rule?.read && read && level) {
      this.values.set(this.rule.path, read(work.subarray(from, to)));
      this.edits.keep(member, level);
    }
    this.removing = false;
  }

  /** Writes the objects that were to get insertions and did not come, before the brace of the root. */
  appendMissing(root: Level, brace: number): void {
    let first = root.kept === 0 && root.insert === "";
    for (const [name, members] of this.insertions.inside) {
      if (this.met.has(name)) continue;
      this.edits.insert(brace, (first ? " " : ",") + asMember(name, members));
      first = false;
    }
  }

  private apply(rule: RuleNode, name: string, member: MemberStart, level: Level): void {
    if (rule.refuse) throw new BodyProblem("forbidden_member", `the member ${rule.path} is not allowed`);
    if (!rule.name.endsWith("*") && level.seen.has(rule))
      throw new BodyProblem("duplicate_member", `the member ${rule.path} stands there twice`);
    level.seen.add(rule);
    if (rule.remove) this.remove(member, level);
    else if (rule.name !== name)
      throw new BodyProblem("ambiguous_member", `a member is spelt almost like ${rule.path}: use the exact name`);
  }

  private remove(member: MemberStart, level: Level): void {
    this.removing = true;
    this.edits.beginBlank(member, level);
  }
}
