import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type JudgeOptions, judgeStack, type StackJson } from "../../../constructs/guardrails";
import type { Finding } from "../../../core/findings";

const FOLDER = join(__dirname, "..", "..", "fixtures", "guardrails");

/** One guard taken off the production stack, and what is to be said of it. */
export interface Fixture {
  /** A guardrail's id, or an id and what is special about the case. */
  readonly name: string;
  /** By path into the stack; null removes what stands there. */
  readonly change: Readonly<Record<string, unknown>>;
  /** The findings, a line each, in the form of {@link shown}. */
  readonly expect: readonly string[];
}

/** A stack that no guardrail has anything to say about. */
export function productionStack(): StackJson {
  return JSON.parse(readFileSync(join(FOLDER, "production.tf.json"), "utf8"));
}

export function readFixtures(): Fixture[] {
  const files = readdirSync(FOLDER).filter((file) => /^guard-.*\.json$/.test(file));
  return files
    .sort()
    .map((file) => ({ name: file.replace(/\.json$/, ""), ...JSON.parse(readFileSync(join(FOLDER, file), "utf8")) }));
}

/** What the guardrails say of the production stack with the fixture's change. */
export function runFixture({ change }: Fixture, options?: JudgeOptions): string[] {
  const stack = productionStack();
  for (const [path, value] of Object.entries(change)) put(stack, path.split("."), value);
  return judgeStack(stack, options).map(shown);
}

/** `severity rule path: message; got …; expected …; -> repair`. */
export function shown({ severity, rule, path, message, got, expected, repair }: Finding): string {
  const parts = [
    `${severity} ${rule} ${path}: ${message}`,
    got && `got ${got}`,
    expected && `expected ${expected}`,
    `-> ${repair}`,
  ];
  return parts.filter(Boolean).join("; ");
}

function put(block: object, [key = "", ...rest]: readonly string[], value: unknown): void {
  const inner = block as Record<string, object>;
  if (rest.length > 0) {
    inner[key] ??= {};
    put(inner[key], rest, value);
  } else if (value === null) delete inner[key];
  else inner[key] = value as object;
}
