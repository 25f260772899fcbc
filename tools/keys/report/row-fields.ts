import { type CurrentObject, timeOf } from "../plan";

/** A text in a row of the gateway; an empty one counts as none. */
export function textIn({ fields }: CurrentObject, name: string): string | undefined {
  const value = fields[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A number in a row of the gateway. */
export function numberIn({ fields }: CurrentObject, name: string): number | undefined {
  const value = fields[name];
  return typeof value === "number" ? value : undefined;
}

/** The texts of a list in a row of the gateway. */
export function textsIn({ fields }: CurrentObject, name: string): string[] {
  const value = fields[name];
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

/** A time in a row of the gateway, in milliseconds since 1970. */
export function timeIn({ fields }: CurrentObject, name: string): number | undefined {
  const time = timeOf(fields[name]);
  return Number.isNaN(time) ? undefined : time;
}

/** A moment as reports show it: to the second, UTC. */
export function shownTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

/** The day of a moment, UTC. */
export function shownDay(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}
