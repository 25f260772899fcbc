import type { Desired, DesiredKey } from "../../../core/keys";
import {
  arrangeGenerations,
  type Current,
  type CurrentObject,
  type Generation,
  generationsByName,
  type Held,
  isOver,
  ownershipOf,
} from "../plan";
import { type BudgetOf, budgetConcern, budgetLine, budgetsOf, compareBudgets } from "./budgets";
import {
  concernsOfEnd,
  concernsOfGenerations,
  concernsOfOver,
  concernsOfPlace,
  concernsOfRow,
  type KeySurroundings,
  knownOwner,
} from "./key-concerns";
import { existingKeyLine, keyLines, shortTokenId } from "./key-lines";
import { type BudgetLine, byText, type Concern, compareConcerns, type KeyLine, type KeyReport } from "./key-report";
import { shownTime, textIn, textsIn, timeIn } from "./row-fields";
import { shownEnd } from "./shown-end";

/** What a report is made of. */
export interface ReportInput {
  readonly desired: Desired;
  readonly current: Current;
  /** `keys.owner` of the environment. */
  readonly owner: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What the destinations of keys that were asked hold, by the name of the key. @default nobody was asked */
  readonly held?: ReadonlyMap<string, Held>;
}

/** The team of the keys that LiteLLM makes for people in its admin interface (`UI_SESSION_TOKEN_TEAM_ID`, LiteLLM 1.108.10). */
const SESSION_TEAM = "litellm-dashboard";

/** Who has keys for what, what they cost, and what to look at. Pure: the same input gives the same report. */
export function makeReport(input: ReportInput): KeyReport {
  const { current, owner, now } = input;
  const budgetOf = budgetsOf(current);
  const around = surroundings(input, budgetOf);
  const ours = reportOurs(input, around);
  const foreign = current.keys.filter((row) => !ours.rows.has(row.id));
  const others = foreign.filter((row) => textIn(row, "team_id") !== SESSION_TEAM);
  const budgets = [...objectBudgets(current, owner, budgetOf), ...keyBudgets(ours, budgetOf)];
  const concerns = [
    ...ours.concerns,
    ...others.filter((row) => ownershipOf(row, owner) === "nobody").flatMap((row) => foreignConcerns(row, around(row))),
    ...budgets.flatMap(({ line, isOurs }) => budgetConcern(line, isOurs) ?? []),
  ];
  return {
    reportVersion: 1,
    owner,
    at: shownTime(now),
    counts: { keys: ours.names, foreignKeys: others.length, sessions: foreign.length - others.length },
    concerns: concerns.sort(compareConcerns),
    owners: ownersOf(ours.lines),
    budgets: budgets.map(({ line }) => line).sort(compareBudgets),
    keys: ours.lines,
  };
}

interface Ours {
  readonly names: number;
  readonly lines: KeyLine[];
  readonly concerns: Concern[];
  /** Every generation, by token id. */
  readonly rows: ReadonlyMap<string, { readonly row: CurrentObject; readonly name: string }>;
  readonly inUse: ReadonlySet<string>;
}

/** Keys of the file, and keys that were in it: by name. */
function reportOurs({ desired, current, owner, now, held }: ReportInput, around: (row: CurrentObject) => KeySurroundings): Ours {
  const wanted = new Map(desired.keys.map((key) => [key.name, key]));
  const byId = new Map(current.keys.map((row) => [row.id, row]));
  const generations = generationsByName(current.keys, owner);
  const names = [...new Set([...wanted.keys(), ...generations.keys()])].sort();
  const reports = names.map((name) => {
    const key = wanted.get(name);
    const existing = byId.get(key?.existing ?? "");
    const there = held?.get(name);
    return reportKey({
      name,
      generations: generations.get(name) ?? [],
      now,
      around,
      ...(key && { key }),
      ...(existing && { existing }),
      ...(there && { held: there }),
    });
  });
  return {
    names: names.length,
    lines: reports.flatMap(({ lines }) => lines),
    concerns: reports.flatMap(({ concerns }) => concerns),
    rows: new Map(reports.flatMap(({ name, rows }) => rows.map((row) => [row.id, { row, name }]))),
    inUse: new Set(reports.flatMap(({ inUse }) => (inUse ? [inUse.id] : []))),
  };
}

interface OneKey {
  readonly name: string;
  readonly generations: readonly Generation[];
  readonly now: number;
  readonly around: (row: CurrentObject) => KeySurroundings;
  /** Absent when it has left the file. */
  readonly key?: DesiredKey;
  /** The row of a value that existed before. */
  readonly existing?: CurrentObject;
  /** What its destination holds, when it was asked. */
  readonly held?: Held;
}

function reportKey({ name, generations, now, around, key, existing, held }: OneKey) {
  const arranged = arrangeGenerations(generations);
  const inUse = existing ?? arranged.live?.row;
  const said = inUse
    ? [
        ...ofUse(inUse, key, around(inUse), now),
        ...concernsOfPlace(inUse, held, "file" in (key?.delivery ?? {})),
        ...concernsOfGenerations(key, arranged, now),
      ]
    : missing(arranged, key, now);
  return {
    name,
    inUse,
    rows: [...generations.map(({ row }) => row), ...(existing ? [existing] : [])],
    lines: key?.existing === undefined ? keyLines(name, key, arranged, now) : [existingKeyLine(key, existing, now)],
    concerns: said.map((one): Concern => ({ ...one, kind: "key", name, ours: true })),
  };
}

function ofUse(row: CurrentObject, key: DesiredKey | undefined, around: KeySurroundings, now: number) {
  if (key?.lifetime.kind === "fixed" && isOver(key, now)) return concernsOfOver(row, key.lifetime.expires, now);
  if (row.fields.blocked === true)
    return [{ concern: "blocked" as const, message: key ? "blocked" : "left the keys file and is blocked; it will be deleted" }];
  const ends = concernsOfEnd(shownEnd(row, key), now).filter(
    ({ concern }) => concern === "expired" || key?.lifetime.kind !== "rotating",
  );
  return [...ends, ...concernsOfRow(row, around)];
}

function missing(arranged: ReturnType<typeof arrangeGenerations>, key: DesiredKey | undefined, now: number) {
  if (arranged.unsure.length > 0) return concernsOfGenerations(key, arranged, now);
  if (key && isOver(key, now)) return [];
  return [{ concern: "missing" as const, message: "is in the keys file and not in the gateway; run keys apply" }];
}

/** What there is to say of a key that no file has: nothing when it is blocked or has ended. */
function foreignConcerns(row: CurrentObject, around: KeySurroundings): Concern[] {
  const ends = timeIn(row, "expires");
  if (row.fields.blocked === true || (ends !== undefined && ends <= around.now)) return [];
  const name = textIn(row, "key_alias") ?? `token id ${shortTokenId(row.id)}`;
  const unowned = { concern: "unowned" as const, message: "no file has it, and it belongs to no user and no team" };
  const said = [
    ...(knownOwner(row) === undefined ? [unowned] : []),
    ...concernsOfEnd(ends, around.now),
    ...concernsOfRow(row, around),
  ];
  return said.map((one) => ({ ...one, kind: "key", name, ours: false }));
}

function surroundings({ current, now }: ReportInput, budgetOf: BudgetOf): (row: CurrentObject) => KeySurroundings {
  const teams = new Map(current.objects.filter(({ kind }) => kind === "team").map((team) => [team.id, team]));
  return (row) => {
    const team = teams.get(textIn(row, "team_id") ?? "");
    const hasBudget = budgetOf(row) !== undefined || (team !== undefined && budgetOf(team) !== undefined);
    return { now, hasBudget, ...(team && { teamModels: textsIn(team, "models") }) };
  };
}

interface OwnedBudget {
  readonly line: BudgetLine;
  readonly isOurs: boolean;
}

function objectBudgets(current: Current, owner: string, budgetOf: BudgetOf): OwnedBudget[] {
  return current.objects.flatMap((row) => {
    const line = budgetLine(row, textIn(row, "team_alias") ?? row.id, budgetOf);
    return line ? [{ line, isOurs: ownershipOf(row, owner) === "ours" }] : [];
  });
}

/** Of a key's generations the one in use: the others have its budget too, and nobody spends from it. */
function keyBudgets({ rows, inUse }: Ours, budgetOf: BudgetOf): OwnedBudget[] {
  return [...rows].flatMap(([id, { row, name }]) => {
    const line = inUse.has(id) ? budgetLine(row, name, budgetOf) : undefined;
    return line ? [{ line, isOurs: true }] : [];
  });
}

function ownersOf(lines: readonly KeyLine[]): KeyReport["owners"] {
  const owners = new Map<string, { names: Set<string>; spend: number }>();
  for (const { name, owner = "", spend } of lines) {
    const known = owners.get(owner) ?? { names: new Set<string>(), spend: 0 };
    known.names.add(name);
    owners.set(owner, { names: known.names, spend: known.spend + spend });
  }
  return [...owners]
    .map(([owner, { names, spend }]) => ({ owner, keys: names.size, spend: Number(spend.toFixed(9)) }))
    .sort((a, b) => byText(a.owner, b.owner));
}
