import { basename } from "node:path";
import { checkEnvironmentText, DEFAULT_LITELLM_VERSION } from "../config";
import type { Finding } from "../findings";
import { loadCatalogue } from "../litellm";
import { type MapNode, nodeAt } from "../source";
import type { Change } from "./change";
import { Unimportable, unimportable } from "./config-source";
import { Draft } from "./draft";
import { finish } from "./finish";
import { fromCompose, isCompose } from "./from-compose";
import { fromConfig } from "./from-config";
import { findHelmValues, fromHelm } from "./from-helm";
import { fromTerraform } from "./from-terraform";
import { parseInput, readInput, type YamlInput } from "./read-yaml";
import { takeSecrets } from "./take-secrets";

/** What can be imported: LiteLLM's own file, values of the official Helm charts, a Terraform module's arguments, a service of docker-compose. */
export const IMPORT_KINDS = ["config", "helm", "terraform", "compose"] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

export interface ImportOptions {
  /** What the file is. @default by its content and ending */
  readonly kind?: ImportKind;
  /** The environment's name. @default after the file */
  readonly name?: string;
  /** The service of docker-compose. @default the one that runs LiteLLM */
  readonly service?: string;
  /** Where the environment file will be; findings carry this name. */
  readonly shownAs: string;
  /** `YYYY-MM-DD`, for models that are retired. */
  readonly today: string;
}

export interface ImportResult {
  readonly kind: ImportKind;
  /** The environment file. */
  readonly text: string;
  /** Everything that was not copied as it was, in the order of the input; what was added comes last. */
  readonly changes: readonly Change[];
  /** What is wrong with the environment file. */
  readonly findings: readonly Finding[];
}

/**
 * Makes an environment file for the local target of what people have. Never throws for what a user wrote: an input that
 * cannot be imported gives findings alone.
 *
 * @param file relative to the working directory
 */
export function importFile(file: string, options: ImportOptions): ImportResult | { readonly findings: readonly Finding[] } {
  try {
    return importText(readInput(file), file, options);
  } catch (error) {
    if (error instanceof Unimportable) return { findings: error.findings };
    throw error;
  }
}

function importText(text: string, file: string, options: ImportOptions): ImportResult {
  const draft = new Draft();
  const kind = fill(draft, text, file, options);
  if (draft.config) takeSecrets(draft.config, draft);
  const version = versionFor(draft);
  const name = options.name ?? environmentName(file);
  const environment = finish(draft, { name, version });
  return {
    kind,
    text: environment,
    changes: inOrder(draft.changes),
    findings: checkEnvironmentText(environment, options.shownAs, options.today),
  };
}

function fill(draft: Draft, text: string, file: string, options: ImportOptions): ImportKind {
  const kind = options.kind ?? (/\.(?:tf|tfvars|hcl)$/.test(file) ? "terraform" : undefined);
  if (kind === "terraform" && !file.endsWith(".json")) {
    fromTerraform(text, file, draft);
    return "terraform";
  }
  const input = parseInput(text, file);
  const found = kind ?? kindOf(input);
  if (found === "compose") fromCompose(input, draft, options.service);
  else if (found === "helm" || found === "terraform") {
    refuseConfig(input);
    fromHelm(input, draft);
  } else fromConfig(input, draft);
  return /\.(?:tf|tfvars)\.json$/.test(file) && found === "helm" ? "terraform" : found;
}

/** Read as values of a chart, a configuration would be left out setting by setting. */
function refuseConfig({ root, file }: YamlInput): void {
  if (findHelmValues(root) || root.entries.size === 0 || !looksLikeConfig(root)) return;
  const message = "this is a configuration of LiteLLM, not values of its Helm chart";
  throw unimportable({ file, line: 1, column: 1 }, "", message, "leave --kind out, or write --kind config");
}

function kindOf({ root, file }: YamlInput): ImportKind {
  if (nodeAt(root, ["litellm", "config"]) && nodeAt(root, ["target"])) {
    throw unimportable(
      { file, line: 1, column: 1 },
      "",
      "this is an environment file already",
      "check it: cdktf-litellm check <file>",
    );
  }
  if (isCompose(root)) return "compose";
  if (findHelmValues(root)) return "helm";
  if (looksLikeConfig(root)) return "config";
  const expected = "a configuration of LiteLLM, values of its Helm chart, a docker-compose file or a Terraform file";
  throw unimportable({ file, line: 1, column: 1 }, "", `this is not ${expected}`, "say what it is with --kind");
}

function looksLikeConfig(root: MapNode): boolean {
  const known = loadCatalogue(DEFAULT_LITELLM_VERSION)?.sections.top_level;
  return root.entries.size === 0 || [...root.entries.keys()].some((name) => name === "model_list" || known?.has(name));
}

/** The release of the input, or the one that the local target installs. */
function versionFor(draft: Draft): string {
  if (draft.version === undefined) {
    draft.say("added", "litellm.version", undefined, `${DEFAULT_LITELLM_VERSION}, the release that the local target installs`);
  }
  return draft.version ?? DEFAULT_LITELLM_VERSION;
}

/** `litellm-values.yaml` becomes `litellm-values`. */
function environmentName(file: string): string {
  const name = basename(file)
    .toLowerCase()
    .replace(/\..*$/, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "")
    .slice(0, 31);
  return name === "" ? "imported" : name;
}

/** By place, and what has none last; what was said of equal places keeps its order. */
function inOrder(changes: readonly Change[]): Change[] {
  const key = ({ place }: Change): [string, number, number] => [place?.file ?? "\uffff", place?.line ?? 0, place?.column ?? 0];
  return [...changes].sort((a, b) => {
    const [fileA, lineA, columnA] = key(a);
    const [fileB, lineB, columnB] = key(b);
    return fileA < fileB ? -1 : fileA > fileB ? 1 : lineA - lineB || columnA - columnB;
  });
}
