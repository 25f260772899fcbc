import type * as z from "zod";
import { counted, type Finding, found, nearestName, type Rule, shownValue } from "../findings";
import { fits } from "./fits";
import { nameOfPath, nodeAt, type Path, placeOfName, placeOfValue, type SourceNode, showPath, toValue } from "./node";
import { choicesOf, describeSchema, knownNames, nameDescription, schemasAt } from "./schema";

const DOES_NOT_FIT = "this value does not fit";

/** The rules that a mismatch between a tree and a schema is reported under, and what is known beyond the schema. */
export interface ConformOptions {
  /** A name that the schema does not have. */
  readonly unknown: Rule;
  /** A value of another kind, out of range, or missing. */
  readonly invalid: Rule;
  /** Prefix of the paths shown, where the tree is a part of a larger one. */
  readonly at?: Path;
  /** What a user should know about an unknown name, when it is more than a near name. */
  readonly adviceForUnknown?: (name: string, path: Path) => UnknownAdvice | undefined;
}

/** What to say of an unknown name instead of "did you mean". */
export interface UnknownAdvice {
  readonly message: string;
  readonly repair?: string;
}

/** The checked value, or all that keeps the tree from being one. */
export type Conformed<T> = { readonly value: T } | { readonly findings: readonly Finding[] };

/** Checks a tree against a schema; every problem at once, each with its place, what was expected and the nearest known name. */
export function conform<T>(root: SourceNode, schema: z.ZodType<T>, options: ConformOptions): Conformed<T> {
  const value = toValue(root);
  // Most files are right, and zod is needed to say what is wrong.
  if (fits(schema, value)) return { value: value as T };
  const result = schema.safeParse(value);
  if (result.success) return { value: result.data };
  const context = { root, schema, options, near: new Map<string, string | undefined>() };
  return { findings: result.error.issues.flatMap((issue) => findingsOf(issue as z.core.$ZodIssue, [], context)) };
}

interface Context {
  readonly root: SourceNode;
  readonly schema: z.ZodType;
  readonly options: ConformOptions;
  /** Near names that were looked up before: the same mistake often stands in every item of a list. */
  readonly near: Map<string, string | undefined>;
}

function findingsOf(issue: z.core.$ZodIssue, prefix: Path, context: Context): Finding[] {
  const path = [...prefix, ...(issue.path as Path)];
  if (issue.code === "unrecognized_keys") return issue.keys.map((name) => unknownName(name, path, context));
  if (issue.code === "invalid_key") return [invalidName(issue, path, context)];
  if (issue.code === "invalid_union") return unionFindings(issue, path, context);
  if (isMissing(issue, path, context)) return [missingValue(path, context)];
  return [invalidValue(issue, path, context)];
}

/**
 * Of a union, the alternative that the user most likely meant is the one whose kind fits: its own problems are reported.
 * When no kind fits, the value as a whole is wrong.
 */
function unionFindings(issue: z.core.$ZodIssueInvalidUnion, path: Path, context: Context): Finding[] {
  const fitting = issue.errors.filter((errors) => !errors.some(isOfAnotherKind));
  const best = [...fitting].sort((a, b) => a.length - b.length)[0];
  const useful = best?.some((error) => error.path.length > 0 || error.code === "unrecognized_keys") ? best : undefined;
  if (useful) return useful.flatMap((error) => findingsOf(error, path, context));
  return [isAbsent(path, context) ? missingValue(path, context) : invalidValue(issue, path, context)];
}

/** Whether an alternative fails on the value as a whole, not on something in it. */
function isOfAnotherKind(error: z.core.$ZodIssue): boolean {
  if (error.path.length > 0) return false;
  return error.code === "invalid_type" || error.code === "invalid_value" || (error.code === "custom" && !hasOwnWords(error));
}

/** Whether the schema's author wrote the message of a custom check, rather than leaving zod's. */
function hasOwnWords(issue: z.core.$ZodIssue): boolean {
  return issue.code === "custom" && !/^Invalid input/.test(issue.message);
}

/** Whether the message says what is wrong better than the kind of the value does. */
function hasWords(issue: z.core.$ZodIssue): boolean {
  return hasOwnWords(issue) || issue.code === "invalid_format" || issue.code === "too_small" || issue.code === "too_big";
}

function unknownName(name: string, path: Path, context: Context): Finding {
  const { root, schema, options } = context;
  const known = knownNames(schema, path);
  const near = nearName(name, known, path, context);
  const advice = options.adviceForUnknown?.(name, path);
  const unknown = near ? { message: "unknown name", repair: `did you mean ${near}?` } : { message: "unknown name" };
  const listed = known.length > 0 && known.length <= 20 && !advice && !near ? { expected: known.join(", ") } : {};
  return found(options.unknown, {
    place: placeOfName(root, [...path, name]),
    path: shown(options, [...path, name]),
    ...(advice ?? unknown),
    ...listed,
  });
}

function nearName(name: string, known: readonly string[], path: Path, { near }: Context): string | undefined {
  const key = JSON.stringify([name, path.map((step) => (typeof step === "number" ? 0 : step))]);
  const found = near.has(key) ? near.get(key) : nearestName(name, known);
  near.set(key, found);
  return found;
}

function missingValue(path: Path, { root, schema, options }: Context): Finding {
  return found(options.invalid, {
    place: placeOfValue(root, path),
    path: shown(options, path),
    message: "this name is missing",
    expected: describeSchema(schemasAt(schema, path)),
    repair: `add ${String(path.at(-1))}`,
  });
}

function invalidValue(issue: z.core.$ZodIssue, path: Path, { root, schema, options }: Context): Finding {
  const node = nodeAt(root, path);
  const expected = describeSchema(schemasAt(schema, path));
  const ownWords = hasWords(issue);
  return found(options.invalid, {
    place: node ? placeOfValue(root, path) : placeOfName(root, path),
    path: shown(options, path),
    message: ownWords ? sentence(issue.message) : DOES_NOT_FIT,
    got: node && !isAmongSecrets([...(options.at ?? []), ...path]) ? shownValue(nameOfPath(path), toValue(node)) : undefined,
    expected: ownWords && issue.code === "custom" ? undefined : (limits(issue) ?? expected),
    repair: declaredSecret(node, [...(options.at ?? []), ...path]) ?? nearChoice(node, schemasAt(schema, path)),
  });
}

/** A name that a mapping of free names does not take. */
function invalidName(issue: z.core.$ZodIssueInvalidKey, path: Path, { root, schema, options }: Context): Finding {
  const name = String(path.at(-1) ?? "");
  const [inner] = issue.issues;
  const words = inner && hasWords(inner) ? sentence(inner.message) : "";
  return found(options.invalid, {
    place: placeOfName(root, path),
    path: shown(options, path),
    message: words === "" || words === DOES_NOT_FIT ? "this name does not fit" : words,
    got: isAmongSecrets([...(options.at ?? []), ...path]) ? undefined : shownValue("", name),
    expected: nameDescription(schemasAt(schema, path.slice(0, -1))) ?? (inner && limits(inner)),
  });
}

/** The choice that a text is a slip of. */
function nearChoice(node: SourceNode | undefined, schemas: readonly z.ZodType[]): string | undefined {
  const near =
    node?.kind === "scalar" && typeof node.value === "string" ? nearestName(node.value, choicesOf(schemas)) : undefined;
  return near === undefined ? undefined : `did you mean ${near}?`;
}

/** How a secret is declared whose name has a plain value, most likely the secret itself. */
function declaredSecret(node: SourceNode | undefined, path: Path): string | undefined {
  if (node?.kind !== "scalar" || path.length !== 2 || !isAmongSecrets(path)) return undefined;
  const name = String(path[1]);
  return `write where it comes from, such as { env: ${name} }, and have it replaced if it is the secret itself`;
}

/** What stands where secrets are declared is often the secret itself, written in the place of its name. */
function isAmongSecrets(path: Path): boolean {
  return path[0] === "secrets";
}

/** The bound that was crossed, in words. */
function limits(issue: z.core.$ZodIssue): string | undefined {
  if (issue.code === "too_small") return `${issue.inclusive ? "at least" : "more than"} ${amount(issue.minimum, issue.origin)}`;
  if (issue.code === "too_big") return `${issue.inclusive ? "at most" : "less than"} ${amount(issue.maximum, issue.origin)}`;
  return undefined;
}

function amount(bound: number | bigint, origin: string): string {
  if (origin === "string") return counted(Number(bound), "character");
  return origin === "array" ? counted(Number(bound), "item") : String(bound);
}

function sentence(message: string): string {
  const text = message.replace(/\.\s*$/, "");
  if (/^(Too (small|big)|Invalid)/.test(text)) return DOES_NOT_FIT;
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function isMissing(issue: z.core.$ZodIssue, path: Path, context: Context): boolean {
  return (issue.code === "invalid_type" || issue.code === "invalid_value") && isAbsent(path, context);
}

function isAbsent(path: Path, { root }: Context): boolean {
  return path.length > 0 && nodeAt(root, path) === undefined;
}

function shown(options: ConformOptions, path: Path): string {
  return showPath([...(options.at ?? []), ...path]);
}
