import { counted, isSecret } from "../../../core/findings";
import { type DesiredKey, isEveryModel, isWideRoute, NO_MODELS } from "../../../core/keys";
import type { CurrentObject, Held, KeyGenerations } from "../plan";
import type { Concern } from "./key-report";
import { numberIn, shownDay, textIn, textsIn, timeIn } from "./row-fields";

const DAY = 86_400_000;
/** So many days before its end a key is near it; so many without a request make it unused. */
const DAYS = 30;

type KeyConcern = Pick<Concern, "concern" | "message">;

/** What is known besides the row of a key. */
export interface KeySurroundings {
  readonly now: number;
  readonly hasBudget: boolean;
  /** The models of its team, when it has one. */
  readonly teamModels?: readonly string[];
}

/** What is to be said of any key that is in use, whoever made it. */
export function concernsOfRow(row: CurrentObject, around: KeySurroundings): KeyConcern[] {
  return [...overScoped(row, around), ...unused(row, around.now)];
}

/** A key that ends soon. One that rotates is replaced before, so it is only told when its rotation is late. */
export function concernsOfEnd(expires: number | undefined, now: number): KeyConcern[] {
  if (expires === undefined || expires > now + DAYS * DAY) return [];
  if (expires <= now) return [{ concern: "expired", message: `expired on ${shownDay(expires)}` }];
  return [{ concern: "near-expiry", message: `expires on ${shownDay(expires)}, ${days(expires - now)} from now` }];
}

/** What is to be said of a key whose last day in the file is over. */
export function concernsOfOver(row: CurrentObject, lastDay: number, now: number): KeyConcern[] {
  const ends = timeIn(row, "expires");
  const isTaken = row.fields.blocked !== true && (ends === undefined || ends > now);
  const day = shownDay(lastDay);
  const message = isTaken ? `its last day was ${day}, and the gateway still takes it; run keys apply` : `expired on ${day}`;
  return [{ concern: "expired", message }];
}

/** A key in use whose value is not where consumers read it. */
export function concernsOfPlace(row: CurrentObject, held: Held | undefined, isFile: boolean): KeyConcern[] {
  if (held === undefined || row.fields.blocked === true || held.tokenId === row.id) return [];
  const apply = isFile ? "keys apply" : "keys apply --destinations";
  const message = held.trouble ?? `its destination does not hold it; ${apply} makes a new value and delivers it`;
  return [{ concern: "undelivered", message }];
}

/** What is to be said of a key of the file, by its generations. */
export function concernsOfGenerations(key: DesiredKey | undefined, generations: KeyGenerations, now: number): KeyConcern[] {
  const { live, old, unsure } = generations;
  const made = Date.parse(live?.mark.made ?? "");
  const concerns: KeyConcern[] = [];
  for (const { number } of unsure)
    concerns.push({
      concern: "undelivered",
      message: `generation ${number} was made and is not known to have arrived; keys apply heals it`,
    });
  for (const { number, row, isBlocked } of old) {
    const last = timeIn(row, "last_active");
    const ends = timeIn(row, "expires");
    if (isBlocked || last === undefined || !(last > made) || (ends !== undefined && ends <= now)) continue;
    concerns.push({
      concern: "still-used",
      message: `generation ${number} was replaced on ${shownDay(made)} and still used on ${shownDay(last)}: a consumer has not moved`,
    });
  }
  if (key?.lifetime.kind === "rotating" && made + key.lifetime.every < now)
    concerns.push({
      concern: "rotation-overdue",
      message: `was to be rotated on ${shownDay(made + key.lifetime.every)}; run keys apply`,
    });
  return concerns;
}

function overScoped(row: CurrentObject, { hasBudget, teamModels }: KeySurroundings): KeyConcern[] {
  const models = textsIn(row, "models");
  const routes = textsIn(row, "allowed_routes");
  const wide = routes.filter(isWideRoute);
  const may = [
    ...(everyModel(models, teamModels) ? ["every model"] : []),
    ...(routes.length === 0 ? ["no list of routes"] : []),
    ...(wide.length > 0 ? [`administration (${wide.slice(0, 3).join(", ")}${wide.length > 3 ? ", ..." : ""})`] : []),
    ...(hasBudget || models.includes(NO_MODELS) ? [] : ["no budget"]),
  ];
  return may.length === 0 ? [] : [{ concern: "over-scoped", message: may.join("; ") }];
}

function everyModel(models: readonly string[], teamModels: readonly string[] | undefined): boolean {
  if (models.some(isEveryModel)) return true;
  const asTeam = models.length === 0 || models.includes("all-team-models");
  return asTeam && (teamModels === undefined || teamModels.length === 0 || teamModels.some(isEveryModel));
}

function unused(row: CurrentObject, now: number): KeyConcern[] {
  const last = timeIn(row, "last_active");
  const since = last ?? timeIn(row, "created_at");
  if (since === undefined || since > now - DAYS * DAY) return [];
  const message = last === undefined ? `never used since ${shownDay(since)}` : `not used since ${shownDay(since)}`;
  return [{ concern: "unused", message }];
}

function days(length: number): string {
  const count = Math.floor(length / DAY);
  return count === 0 ? "less than a day" : counted(count, "day");
}

/** Who made a key that no file has, as far as LiteLLM knows. */
export function knownOwner(row: CurrentObject): string | undefined {
  const { metadata } = row.fields;
  const named = typeof metadata === "object" && metadata !== null && "owner" in metadata ? metadata.owner : undefined;
  // Of a key that is not ours anybody wrote it.
  if (typeof named === "string" && named !== "" && !isSecret("owner", named)) return named;
  return textIn(row, "user_id") ?? textIn(row, "team_id");
}

/** The spend of a key since its last reset. */
export function spendOf(row: CurrentObject): number {
  return numberIn(row, "spend") ?? 0;
}
