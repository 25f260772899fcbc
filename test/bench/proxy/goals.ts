import { table } from "./table";

/** The identity proxy, with Node's parser in front and with its own. */
export const PROXIES = ["proxy", "strict"] as const;
export type ProxyName = (typeof PROXIES)[number];

/** A claim about a ratio of two figures of one run. */
export interface Goal {
  readonly what: string;
  /** The ratio of each proxy under test. */
  readonly values: Readonly<Record<ProxyName, number>>;
  /** `most`: the value must not be above the bar; `least`: not below. */
  readonly kind: "most" | "least";
  /** Absent for what is only shown. */
  readonly bar?: number;
}

/** The goals as a table: a figure that misses its bar is marked. */
export function goalTable(goals: readonly Goal[]): string {
  const rows = goals.map((goal) => [
    goal.what,
    ...PROXIES.map((name) => `${(goal.values[name]).toFixed(2)}${isMet(goal, name) ? "" : " MISSED"}`),
    goal.bar === undefined ? "" : `${goal.kind === "most" ? "≤" : "≥"} ${goal.bar}`,
  ]);
  return table(["goal", ...PROXIES, "bar"], rows);
}

/** Whether a proxy meets a goal. */
export function isMet({ values, kind, bar }: Goal, name: ProxyName): boolean {
  if (bar === undefined) return true;
  return kind === "most" ? values[name] <= bar : values[name] >= bar;
}

/** What every proxy under test has. */
export function ofProxies(value: (name: ProxyName) => number): Record<ProxyName, number> {
  return { proxy: value("proxy"), strict: value("strict") };
}
