import type { RuleNode } from "./rule-tree";

const SPACE = 0x20;
const NOTHING: Buffer = Buffer.alloc(0);
/** Up to so many bytes a loop is quicker than the C library. */
const SHORT = 64;

/** Where a member stands: its comma, if one stands before it, and its name. */
export interface MemberStart {
  /** -1 for the first member of an object. */
  comma: number;
  name: number;
}

/** An object whose members have rules. */
export interface Level {
  readonly rule: RuleNode;
  /** The member whose value the object is; for the root, nothing that matters. */
  readonly member: MemberStart;
  /** Members that stay. */
  kept: number;
  /** Whether something was taken out. */
  emptied: boolean;
  /** Whether the object itself stays. */
  decided: boolean;
  /** Rules for one name that were met: a second member with the same name is refused. */
  readonly seen: RuleNode[];
  /** Members to be written before the closing brace. */
  readonly insert: string;
}

/** Text that is written before the byte at a position. */
export interface InsertedText {
  readonly at: number;
  readonly text: string;
}

/**
 * Takes members out of JSON text by writing spaces over them, so that all others stay where and what they are.
 *
 * A comma belongs to the member behind it: it stays when that member stays and another stayed before it. Positions count from
 * the beginning of `work`, the bytes at hand.
 */
export class MemberEdits {
  work: Buffer = NOTHING;
  /** From here on nothing is decided, and so nothing may be forwarded; -1 when all is decided. */
  undecided = -1;
  private inserted: InsertedText[] = [];
  private readonly levels: Level[] = [];
  private blankFrom = -1;

  /** How many objects with rules are open. */
  get depth(): number {
    return this.levels.length;
  }

  /** The innermost open object. */
  get level(): Level | undefined {
    return this.levels.at(-1);
  }

  /** Enters an object. One that gets an insertion stays in any case. */
  open(rule: RuleNode, member: MemberStart, insert: string): void {
    const root = this.levels.length === 0;
    const level: Level = { rule, member, kept: 0, emptied: false, decided: root, seen: [], insert };
    this.levels.push(level);
    if (insert !== "" && !root) this.keepLevel(level);
  }

  /** Leaves the innermost object, whose brace is at `brace`. An object that held nothing but removed members goes too. */
  close(brace: number): Level | undefined {
    const level = this.levels.pop();
    if (!level) return undefined;
    if (level.insert !== "") this.insert(brace, (level.kept > 0 ? "," : " ") + level.insert);
    const parent = this.level;
    if (level.decided || !parent) return level;
    if (level.emptied) this.blank(start(level.member), brace + 1);
    else this.keep(level.member, parent);
    if (level.emptied) this.removed(parent);
    return level;
  }

  /** Writes text before the byte at a position. */
  insert(at: number, text: string): void {
    this.inserted.push({ at, text });
  }

  /** The texts to be written into the bytes at hand, each given out once. */
  takeInserted(): readonly InsertedText[] {
    const texts = this.inserted;
    if (texts.length > 0) this.inserted = [];
    return texts;
  }

  /** A comma or a name was met whose member may go. */
  wait(position: number): void {
    if (this.undecided < 0) this.undecided = position;
  }

  /** The member stays, with all around it. */
  keep(member: MemberStart, level: Level): void {
    if (!level.decided) this.keepLevel(level);
    if (level.kept === 0 && member.comma >= 0) this.work[member.comma] = SPACE;
    level.kept += 1;
    this.undecided = -1;
  }

  /** The member goes: its comma, its name and, as they come, the bytes of its value until {@link endBlank}. */
  beginBlank(member: MemberStart, level: Level): void {
    this.blankFrom = start(member);
    this.removed(level);
  }

  /** The removed member ends before `position`. */
  endBlank(position: number): void {
    if (this.blankFrom >= 0) this.blank(this.blankFrom, position);
    this.blankFrom = -1;
  }

  /** The bytes at hand are used up. */
  pause(): void {
    if (this.blankFrom < 0) return;
    this.blank(this.blankFrom, this.work.length);
    this.blankFrom = this.work.length;
  }

  /** The first `count` bytes at hand were forwarded. Positions in them are never looked at again. */
  shift(count: number, current: MemberStart): void {
    if (this.undecided >= 0) this.undecided -= count;
    if (this.blankFrom >= 0) this.blankFrom -= count;
    for (const member of new Set([current, ...this.levels.map((level) => level.member)])) {
      if (member.comma >= 0) member.comma -= count;
      member.name -= count;
    }
  }

  private keepLevel(level: Level): void {
    level.decided = true;
    const parent = this.levels[this.levels.indexOf(level) - 1];
    if (parent) this.keep(level.member, parent);
  }

  private removed(level: Level): void {
    level.emptied = true;
    if (level.decided) this.undecided = -1;
  }

  private blank(from: number, to: number): void {
    if (to - from > SHORT) this.work.fill(SPACE, from, to);
    else for (let i = from; i < to; i++) this.work[i] = SPACE;
  }
}

function start(member: MemberStart): number {
  return member.comma >= 0 ? member.comma : member.name;
}
