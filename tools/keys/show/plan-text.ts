import { asArgument, counted, printable } from "../../../core/findings";
import { type Delivery, type DesiredKey, type Json, KINDS, type Kind } from "../../../core/keys";
import type { Executed } from "../apply";
import type { Action, Change, Note, Plan } from "../plan";

/** What stands above a plan. */
export interface PlanHead {
  readonly environment: string;
  /** The environment file, for the command that applies the plan. */
  readonly file: string;
  readonly url: string;
  readonly policy: string;
  readonly owner: string;
  /** Whether clusters and clouds were asked too: applying the plan takes the same question. @default false */
  readonly askAll?: boolean;
  /** The keys as the file wants them, for a line about a new one. */
  readonly keys: readonly DesiredKey[];
}

const MARKS: Readonly<Record<Action["verb"], string>> = {
  create: "+",
  issue: "+",
  update: "~",
  adopt: "⊕",
  confirm: "✔",
  rotate: "↻",
  block: "-",
  delete: "-",
};

/** A plan for a person: a line for each thing that changes. */
export function planText(plan: Plan, head: PlanHead): string {
  const keys = byName(head);
  const lines = [...plan.actions.map((action) => actionLine(action, keys)), ...plan.notes.map(noteLine)];
  const rest = `  · ${plan.unchanged} unchanged, ${plan.foreign} not ours (never touched)`;
  return `${[headLine(head), "", ...lines.map(printable), rest, "", ...planSummary(plan, head)].join("\n")}\n`;
}

/** What a run did, for a person. */
export function appliedText(plan: Plan, { done, failed, skipped }: Executed, head: PlanHead): string {
  const keys = byName(head);
  const lines = [
    ...done.map((action) => actionLine(action, keys)),
    ...failed.flatMap(({ action, message, repair }) => [
      `  ✗ ${named(action)} ${message}`,
      ...(repair ? [`${" ".repeat(33)}${repair}`] : []),
    ]),
    ...skipped.map((action) => `  … ${named(action)} waits, because what it needs failed`),
    ...plan.notes.map(noteLine),
  ];
  const counts = [
    `${done.length} done`,
    ...(failed.length > 0 ? [`${failed.length} failed`] : []),
    ...(skipped.length > 0 ? [`${skipped.length} wait`] : []),
  ];
  return `${[headLine(head), "", ...lines.map(printable), `  · ${plan.unchanged} unchanged, ${plan.foreign} not ours (never touched)`, "", counts.join(", ")].join("\n")}\n`;
}

/** A plan for a program. Bodies are left out: they say nothing that the changes do not. */
export function planJson(plan: Plan, head: PlanHead, executed?: Executed): string {
  const { keys: _keys, file: _file, askAll: _asked, ...about } = head;
  const shown = (action: Action): object => ({
    verb: action.verb,
    kind: action.kind,
    name: action.name,
    why: action.why,
    ...("generation" in action && { generation: action.generation }),
    ...("changes" in action && { changes: action.changes }),
  });
  const result = executed && {
    done: executed.done.map(shown),
    failed: executed.failed.map(({ action, message, repair }) => ({ ...shown(action), message, repair })),
    waiting: executed.skipped.map(shown),
  };
  const { unchanged, foreign, notes } = plan;
  return `${JSON.stringify({ ...about, actions: plan.actions.map(shown), notes, unchanged, foreign, ...(result && { result }) }, null, 2)}\n`;
}

function headLine({ environment, url, policy, owner }: PlanHead): string {
  return `${environment}, ${url}, policy ${policy}, owner "${owner}"`;
}

function planSummary({ actions, notes }: Plan, { file, askAll }: PlanHead): string[] {
  const problems = notes.filter(({ problem }) => problem).length;
  const removals = actions.filter(({ verb }) => verb === "block" || verb === "delete").length;
  const changes = actions.length - removals;
  if (actions.length === 0)
    return [problems > 0 ? `nothing to do but ${counted(problems, "problem")} to look at` : "nothing to do"];
  const parts = [
    ...(changes > 0 ? [counted(changes, "change")] : []),
    ...(removals > 0 ? [counted(removals, "removal")] : []),
    ...(problems > 0 ? [counted(problems, "problem")] : []),
  ];
  return [`${parts.join(", ")}. Apply: npx cdktf-litellm keys apply ${askAll ? "--destinations " : ""}${asArgument(file)}`];
}

function named({ kind, name }: { readonly kind: Kind; readonly name: string }): string {
  const width = Math.max(...KINDS.map((each) => each.length));
  return `${kind.padEnd(width)} ${name.padEnd(20)}`;
}

type KeysByName = ReadonlyMap<string, DesiredKey>;

function byName({ keys }: PlanHead): KeysByName {
  return new Map(keys.map((key) => [key.name, key]));
}

function actionLine(action: Action, keys: KeysByName): string {
  return `  ${MARKS[action.verb]} ${named(action)} ${describe(action, keys)}`.trimEnd();
}

function noteLine(note: Note): string {
  return `  ${note.problem ? "✗" : "!"} ${named(note)} ${note.message}`;
}

function describe(action: Action, keys: KeysByName): string {
  if (action.verb === "issue") return newKey(action.name, action.delivery, keys);
  if (action.verb === "rotate") return `generation ${action.generation}: ${action.why}, to ${placeText(action.delivery)}`;
  if ((action.verb === "update" || action.verb === "adopt") && action.changes.length > 0) {
    const origin = action.verb === "adopt" || action.byHand ? ` (${action.why})` : "";
    return `${action.changes.map(changeText).join(", ")}${origin}`;
  }
  return action.verb === "create" ? "" : action.why;
}

function newKey(name: string, delivery: Delivery, keys: KeysByName): string {
  const key = keys.get(name);
  const { team_id: team, models, max_budget: budget, budget_duration: period } = key?.fields ?? {};
  const ends = key?.lifetime.kind === "fixed" ? `expires ${day(key.lifetime.expires)}` : "rotates";
  const parts = [
    ...(typeof team === "string" ? [`team ${team}`] : []),
    ...(Array.isArray(models) && models[0] !== "no-default-models" ? [counted(models.length, "model")] : []),
    ...(typeof budget === "number" ? [`${budget} USD${typeof period === "string" ? ` per ${period}` : ""}`] : []),
    ends,
    `to ${placeText(delivery)}`,
  ];
  return parts.join(", ");
}

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** A destination in a few words. */
export function placeText(delivery: Delivery): string {
  if ("file" in delivery) return `file ${delivery.file}`;
  if ("kubernetes" in delivery) return `secret ${delivery.kubernetes.namespace}/${delivery.kubernetes.name}`;
  return `AWS secret ${delivery.awsSecretsManager.name}`;
}

function changeText({ field, from, to }: Change): string {
  if (Array.isArray(from) && Array.isArray(to)) return listText(field, from, to);
  const percent =
    typeof from === "number" && typeof to === "number" && from > 0
      ? ` (${to > from ? "+" : ""}${Math.round((to / from - 1) * 100)} %)`
      : "";
  const unit = /budget$/.test(field) && typeof to === "number" ? " USD" : "";
  return `${field} ${valueText(from)} → ${valueText(to)}${unit}${percent}`;
}

function listText(field: string, from: readonly Json[], to: readonly Json[]): string {
  const added = to.filter((item) => !from.includes(item)).map((item) => `+ ${valueText(item)}`);
  const removed = from.filter((item) => !to.includes(item)).map((item) => `- ${valueText(item)}`);
  return `${field} ${[...added, ...removed].join(" ")}`;
}

function valueText(value: Json): string {
  if (value === null) return "nothing";
  return typeof value === "string" ? value : JSON.stringify(value);
}
