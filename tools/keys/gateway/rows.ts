import type { Json, Kind } from "../../../core/keys";
import type { CurrentObject } from "../plan";
import { GatewayError } from "./gateway-api";

type Row = Readonly<Record<string, Json>>;

/** What LiteLLM knows a thing of each kind by. */
export const ID_FIELD: Readonly<Record<Kind, string>> = {
  budget: "budget_id",
  team: "team_id",
  user: "user_id",
  tag: "name",
  customer: "user_id",
  key: "token",
};

/** What to do where somebody else than LiteLLM answers. */
export const NOT_LITELLM = "see that the URL is LiteLLM's own, without a sign-in page before it";

/** Names of rows that serve as locks; they are no budgets of anybody's. */
export const LOCK_PREFIX = "cdktf-litellm.lock:";

/**
 * The rows of an answer: a list, or a list under one of the names.
 *
 * @throws GatewayError when there is no such list: taken for an empty one, it would say that nothing is there
 */
export function rowsIn(path: string, answer: Json, ...names: readonly string[]): Row[] {
  const list = Array.isArray(answer)
    ? answer
    : names.map((name) => (isRow(answer) ? answer[name] : undefined)).find(Array.isArray);
  if (!list?.every(isRow)) throw notLitellm(path);
  return list;
}

/** The error for an answer that LiteLLM does not give. */
export function notLitellm(path: string): GatewayError {
  const message = `${path.split("?")[0]} answered something that LiteLLM does not`;
  return new GatewayError(message, NOT_LITELLM);
}

/** A row as the plan compares it: with a budget by its id. */
export function toObject(kind: Kind, row: Row): CurrentObject | undefined {
  const id = row[ID_FIELD[kind]];
  if (typeof id !== "string" || (kind === "budget" && id.startsWith(LOCK_PREFIX))) return undefined;
  // LiteLLM lists tags that clients sent beside those that were made; only the latter have a list of models (1.108.10).
  if (kind === "tag" && !Array.isArray(row.models)) return undefined;
  const table = row.litellm_budget_table;
  if (!isRow(table)) return { kind, id, fields: row };
  const { litellm_budget_table: _table, ...fields } = row;
  const budget = fields.budget_id ?? table.budget_id;
  return { kind, id, fields: typeof budget === "string" ? { ...fields, budget_id: budget } : fields };
}

/** More pages than this no gateway has: of keys it would be a million. */
const MOST_PAGES = 10_000;

/**
 * How many pages an answer says that there are: 1 where it says nothing.
 *
 * @throws GatewayError when there cannot be so many
 */
export function pagesIn(path: string, answer: Json | undefined): number {
  const pages = countIn(path, answer, "total_pages") ?? 1;
  if (pages <= MOST_PAGES) return pages;
  throw new GatewayError(`${path} says that it has ${pages} pages`, NOT_LITELLM);
}

/**
 * A count in an answer.
 *
 * @throws GatewayError when it is no whole number of 0 or more
 */
export function countIn(path: string, answer: Json | undefined, ...names: readonly string[]): number | undefined {
  if (!isRow(answer)) return undefined;
  const value = names.map((name) => answer[name]).find((each) => each !== undefined && each !== null);
  if (value === undefined) return undefined;
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) throw notLitellm(path);
  return value;
}

/** Whether a part of an answer is a row. */
export function isRow(value: Json | undefined): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
