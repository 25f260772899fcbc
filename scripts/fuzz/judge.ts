import type { Insertion, MemberRules } from "../../proxy/src/body";

/** What a forwarded body must look like to whoever parses it. Plain data, so that the judge in Python gets the same. */
export interface Expectation {
  /** Names that must not be there, at the root and in `metadata`, in lower case; `*` stands for any rest. */
  readonly root: readonly string[];
  readonly metadata: readonly string[];
  /** What was inserted, as JSON values: `litellm_metadata` or `metadata.tags`. */
  readonly inserted: Readonly<Record<string, unknown>>;
}

/** What the rules and insertions promise. */
export function expectation(rules: MemberRules, insertions: readonly Insertion[]): Expectation {
  const fold = (name: string): string => name.toLowerCase().replaceAll("ſ", "s");
  const names = (depth: number): string[] =>
    rules.remove
      .filter((path) => path.length === depth && (depth === 1 || path[0] === "metadata"))
      .map((path) => fold(path[depth - 1] ?? ""));
  const inserted = Object.fromEntries(insertions.map(({ path, json }) => [path.join("."), JSON.parse(json) as unknown]));
  return { root: names(1), metadata: names(2), inserted };
}

/**
 * What is wrong with a forwarded body, parsed as JavaScript does it (the last of two equal names counts); undefined for nothing.
 * A damaged body that JavaScript refuses is harmless here: the gateway refuses it too, or the judge in Python has its say. A whole
 * one must stay readable.
 */
export function problemOf(body: Buffer, expected: Expectation, isWhole: boolean): string | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString("utf8"));
  } catch {
    return isWhole ? "the body cannot be read any more" : undefined;
  }
  if (!isObject(parsed)) return "not an object";
  const { metadata } = parsed;
  if (metadata !== undefined && metadata !== null && !isObject(metadata)) return "metadata is no object";
  return (
    namesProblem(parsed, expected.root, "", expected) ??
    namesProblem(isObject(metadata) ? metadata : {}, expected.metadata, "metadata.", expected)
  );
}

function namesProblem(
  object: Record<string, unknown>,
  forbidden: readonly string[],
  before: string,
  { inserted }: Expectation,
): string | undefined {
  for (const [path, value] of Object.entries(inserted)) {
    const isHere = before === "" ? !path.includes(".") : path.startsWith(before);
    const name = path.slice(before.length);
    if (isHere && JSON.stringify(object[name]) !== JSON.stringify(value)) return `${path} is not the verified one`;
  }
  for (const name of Object.keys(object)) {
    if (`${before}${name}` in inserted) continue;
    const folded = name.toLowerCase().replaceAll("ſ", "s");
    if (forbidden.some((rule) => (rule.endsWith("*") ? folded.startsWith(rule.slice(0, -1)) : folded === rule)))
      return `${before}${name} is there`;
  }
  return undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
