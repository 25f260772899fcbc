import { asMember, type PlannedInsertions } from "./insertions";
import { OPEN } from "./json-bytes";
import type { Level, MemberEdits, MemberStart } from "./member-edits";
import { memberName } from "./member-text";
import { BodyProblem } from "./problem";
import { type RuleNode, ruleByBytes, ruleFor } from "./rule-tree";
import type { MemberValue } from "./rules";
import { checkType, hasInside } from "./value-type";

/** Reads the value that stands between two positions. */
export type ReadValue = (bytes: Buffer, from: number, to: number) => MemberValue;

/** Decides what happens to each member that a scan meets, and has it done. */
export class MemberRuling {
  /** Values of the members that rules want to read. */
  readonly values = new Map<string, MemberValue>();
  private rule: RuleNode | undefined;
  private removing = false;
  /** Names of objects that get insertions and came. */
  private readonly met: string[] = [];

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
    const known = ruleByBytes(level.rule, work, member.name + 1, to - 1);
    const name = known === "unsure" ? memberName(work, member.name, to) : undefined;
    const rule = typeof known === "object" ? known : name === undefined ? undefined : ruleFor(level.rule, name);
    this.rule = rule;
    this.removing = false;
    if (rule) this.apply(rule, name ?? rule.name, member, level);
    else this.edits.keep(member, level);
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
      this.met.push(rule.name);
      this.edits.open(rule, member, insert);
      return true;
    }
    if (level && insert !== "") this.remove(member, level);
    else if (level && !rule.read) this.edits.keep(member, level);
    return false;
  }

  /** The value of the member stands between two positions, and can be read by `read`. */
  end(member: MemberStart, from: number, to: number, read?: ReadValue): void {
    const { level, work } = this.edits;
    if (this.removing) this.edits.endBlank(to);
    else if (this.rule?.read && read && level) {
      this.values.set(this.rule.path, read(work, from, to));
      this.edits.keep(member, level);
    }
    this.removing = false;
  }

  /** Writes the objects that were to get insertions and did not come, before the brace of the root. */
  appendMissing(root: Level, brace: number): void {
    let first = root.kept === 0 && root.insert === "";
    for (const [name, members] of this.insertions.inside) {
      if (this.met.includes(name)) continue;
      this.edits.insert(brace, (first ? " " : ",") + asMember(name, members));
      first = false;
    }
  }

  private apply(rule: RuleNode, name: string, member: MemberStart, level: Level): void {
    if (rule.refuse) throw new BodyProblem("forbidden_member", `the member ${rule.path} is not allowed`);
    if (!rule.isPrefix) {
      if (level.seen.includes(rule)) throw new BodyProblem("duplicate_member", `the member ${rule.path} stands there twice`);
      level.seen.push(rule);
    }
    if (rule.remove) this.remove(member, level);
    else if (rule.name !== name)
      throw new BodyProblem("ambiguous_member", `a member is spelt almost like ${rule.path}: use the exact name`);
  }

  private remove(member: MemberStart, level: Level): void {
    this.removing = true;
    this.edits.beginBlank(member, level);
  }
}
