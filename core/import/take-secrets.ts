import { isMap, isScalar, type YAMLMap } from "yaml";
import { FIXED_BY_LOCAL } from "../config";
import { isReference } from "../findings";
import { type ConfigSource, entryOf, type FoundScalar, nameOf, scalarsIn, shownAt } from "./config-source";
import { isCredential, mayBeCredential, showsCredential } from "./credentials";
import type { Draft } from "./draft";
import { KnownTexts } from "./known-texts";
import { SecretNames } from "./secret-names";

/** What the local target gives LiteLLM itself, by the setting that would name it. */
const OWN_DATABASE = "general_settings.database_url";

/**
 * Puts `os.environ/NAME` in the place of every literal credential and declares NAME. Comments that show one are left out.
 * Afterwards no node of the configuration holds a credential that was found.
 */
export function takeSecrets(config: ConfigSource, draft: Draft): void {
  const names = new SecretNames([
    ...FIXED_BY_LOCAL,
    ...referencedIn(config),
    ...draft.secrets.keys(),
    ...draft.environment.keys(),
  ]);
  takeVariables(config, draft);
  for (const scalar of scalarsIn(config.contents)) {
    const { node, path } = scalar;
    if (!isCredential(scalar)) continue;
    const at = [shownAt(config.at, path), config.placeOf(path)] as const;
    if (path.join(".") === OWN_DATABASE) {
      refer(node, "DATABASE_URL");
      draft.say(
        "secret",
        ...at,
        "os.environ/DATABASE_URL, which the local target sets for its own PostgreSQL; the address written here is not kept",
      );
      continue;
    }
    const variable = names.nameFor(String(node.value), scalar, ownerOf(scalar));
    refer(node, variable);
    draft.secrets.set(variable, variable);
    draft.say("secret", ...at, `os.environ/${variable}, a declared secret; the value is written nowhere`);
  }
  replaceCopies(config, draft, names);
  dropComments(config, draft, names.values());
}

/** Literal credentials of `environment_variables` become variables of the process: LiteLLM reads them there as well. */
function takeVariables(config: ConfigSource, draft: Draft): void {
  const block = entryOf(config.contents, "environment_variables")?.value;
  if (!isMap(block)) return;
  for (const pair of [...block.items]) {
    const name = nameOf(pair.key);
    if (!isScalar(pair.value) || !mayBeCredential(name, pair.value.value) || !/^[A-Za-z_]\w*$/.test(name)) continue;
    block.items.splice(block.items.indexOf(pair), 1);
    const path = ["environment_variables", name];
    const at = [shownAt(config.at, path), config.placeOf(path)] as const;
    if (FIXED_BY_LOCAL.includes(name)) {
      draft.say("left-out", ...at, `the local target sets ${name} itself`);
      continue;
    }
    const replaced = draft.environment.delete(name) ? `, in the place of litellm.environment.${name}` : "";
    draft.secrets.set(name, name);
    draft.say("secret", ...at, `a declared secret, secrets.${name}${replaced}; the value is written nowhere`);
  }
  if (block.items.length === 0) config.contents.items = config.contents.items.filter(({ value }) => value !== block);
}

/** A credential that stands once more within another text, such as an address. */
function replaceCopies(config: ConfigSource, draft: Draft, names: SecretNames): void {
  const known = new KnownTexts(names.values(), 8);
  for (const scalar of scalarsIn(config.contents)) {
    const { node, path } = scalar;
    const text = typeof node.value === "string" ? node.value : "";
    if (isReference(text) || !known.standIn(text)) continue;
    const variable = names.nameFor(text, scalar, ownerOf(scalar));
    refer(node, variable);
    draft.secrets.set(variable, variable);
    const message = `os.environ/${variable}, a declared secret: a credential stands within the text`;
    draft.say("secret", shownAt(config.at, path), config.placeOf(path), message);
  }
}

function refer(node: { value: unknown; type?: string; source?: string; comment?: string | null }, variable: string): void {
  node.value = `os.environ/${variable}`;
  node.type = "PLAIN";
  delete node.source;
}

/** Whose credential it is: the provider of a deployment, or the name of the entry that it stands in. */
function ownerOf({ around, path }: FoundScalar): string | undefined {
  const innermost = around.at(-1);
  const model = innermost && textAt(innermost, "model");
  if (model?.includes("/")) return model.split("/", 1)[0];
  const named = [...around]
    .reverse()
    .map((map) => ["credential_name", "guardrail_name", "search_tool_name", "model_name"].map((name) => textAt(map, name)));
  const name = named.flat().find((text) => text !== undefined);
  return (
    name ??
    path
      .filter((step) => typeof step === "string")
      .at(-2)
      ?.toString()
  );
}

function textAt(map: YAMLMap, name: string): string | undefined {
  const value = entryOf(map, name)?.value;
  return isScalar(value) && typeof value.value === "string" && !mayBeCredential("", value.value) ? value.value : undefined;
}

function referencedIn(config: ConfigSource): string[] {
  return scalarsIn(config.contents).flatMap(({ node }) => {
    const name = typeof node.value === "string" ? /^os\.environ\/(.+)$/s.exec(node.value)?.[1] : undefined;
    return name === undefined ? [] : [name];
  });
}

/** Comments are kept, but for lines that show a credential. */
function dropComments(config: ConfigSource, draft: Draft, values: readonly string[]): void {
  const known = new KnownTexts(values, 6);
  const shows = (line: string): boolean => showsCredential(line) || known.standIn(line);
  const clean = (comment: string | null | undefined): string | null | undefined => {
    if (!comment) return comment;
    const lines = comment.split("\n");
    for (const line of lines.filter(shows)) draft.say("left-out", "a comment", config.lineOf(line), "it shows a credential");
    const kept = lines.filter((line) => !shows(line));
    return kept.length === lines.length ? comment : kept.length > 0 ? kept.join("\n") : undefined;
  };
  eachCommented(config.contents, clean);
  Object.assign(config, { before: clean(config.before), after: clean(config.after) });
}

interface Commented {
  comment?: string | null | undefined;
  commentBefore?: string | null | undefined;
}

function eachCommented(node: unknown, clean: (comment: string | null | undefined) => string | null | undefined): void {
  if (typeof node !== "object" || node === null) return;
  const commented = node as Commented;
  if (commented.comment) commented.comment = clean(commented.comment);
  if (commented.commentBefore) commented.commentBefore = clean(commented.commentBefore);
  if ("key" in node) eachCommented(node.key, clean);
  if ("value" in node) eachCommented(node.value, clean);
  if ("items" in node && Array.isArray(node.items)) for (const item of node.items) eachCommented(item, clean);
}
