import { type Finding, found, HIDDEN, isSecret, type Occurrence, type Rule } from "../../../../core/findings";
import { type MapNode, type Path, placeOfName, placeOfValue, showPath } from "../../../../core/source";

/** What a check saw: everything of a finding that its rule and its path do not say. */
export type Seen = Omit<Occurrence, "place" | "path">;

/** Collects what the checks see, each with the place in the settings file. */
export class Reporter {
  readonly findings: Finding[] = [];

  constructor(private readonly root: MapNode) {}

  /** Something is wrong with the value at `path`. */
  value(rule: Rule, path: Path, seen: Seen): void {
    this.add(rule, path, placeOfValue(this.root, path), seen);
  }

  /** Something is wrong with the name at the end of `path`. */
  name(rule: Rule, path: Path, seen: Seen): void {
    this.add(rule, path, placeOfName(this.root, path), seen);
  }

  private add(rule: Rule, path: Path, place: Finding["place"], { repair = rule.repair, got, ...seen }: Seen): void {
    // A key may stand anywhere by mistake.
    const shown = got !== undefined && { got: isSecret("", got) ? HIDDEN : got };
    this.findings.push(found(rule, { ...(place && { place }), path: showPath(path), repair, ...shown, ...seen }));
  }
}
