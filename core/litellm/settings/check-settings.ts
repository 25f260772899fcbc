import { arrange, type Finding } from "../../findings";
import { conform, type EditorSchema, editorSchema, type MapNode, type Path, type SourceNode } from "../../source";
import type { Catalogue } from "../catalogue";
import {
  adviseOnUnknown,
  ambiguousScalars,
  asLitellmReads,
  invalidSetting,
  runRules,
  type Surroundings,
  unknownSetting,
  unusableScalars,
} from "../lint";
import { configSchema } from "./config-schema";

/** What a configuration is checked against. */
export interface CheckSettingsOptions {
  /** The LiteLLM version that will read it. */
  readonly catalogue: Catalogue;
  /** Names in `litellm_params` that are meant for the provider and unknown to LiteLLM. @default none */
  readonly providerParameters?: readonly string[];
  /** Where the configuration stands in the file, such as `litellm.config`. @default it is the whole file */
  readonly at?: Path;
}

/** Checks LiteLLM's configuration: names, kinds of values and structure, and scalars that YAML readers disagree about. */
export function checkSettings(root: SourceNode, options: CheckSettingsOptions): Finding[] {
  return arrange([...structure(root, options), ...ambiguousScalars(root, options.at)]);
}

/** What is known beside a configuration that is linted. */
export interface LintOptions extends Surroundings {
  /** Names in `litellm_params` that are meant for the provider and unknown to LiteLLM. @default none */
  readonly providerParameters?: readonly string[];
  /** Ids of rules that are not run. @default all are */
  readonly off?: ReadonlySet<string>;
}

/**
 * Checks LiteLLM's configuration where it is part of a file of ours, which YAML 1.2 readers read: everything of
 * {@link checkSettings}, and all lint rules.
 */
export function lintConfig(root: SourceNode, options: LintOptions): Finding[] {
  return without(options, [...checkSettings(root, options), ...runRules(root, options, options.off)]);
}

/**
 * Checks a configuration file of LiteLLM's own. It is read as LiteLLM reads it, so `yes` is true and no finding; what
 * PyYAML makes a date of, or cannot read at all, is one.
 */
export function lintFile(root: MapNode, options: LintOptions): Finding[] {
  const read = asLitellmReads(root);
  return without(options, [
    ...structure(read, options).map(asSentOn),
    ...unusableScalars(root),
    ...runRules(read, options, options.off),
  ]);
}

/**
 * A parameter that LiteLLM does not know is sent to the provider, which may know it. In a file of somebody's own nothing
 * says which is meant, so only a likely slip of the pen is an error.
 */
function asSentOn(finding: Finding): Finding {
  const isParameter = /^model_list\[\d+\]\.litellm_params\.[\w-]+$/.test(finding.path);
  if (finding.rule !== unknownSetting.id || !isParameter || finding.repair !== undefined) return finding;
  const message = "LiteLLM does not know this parameter and sends it to the provider";
  const repair = "remove it, unless the provider knows it: --provider-parameter names those that are meant";
  return { ...finding, severity: "note", message, repair };
}

function without({ off }: LintOptions, findings: readonly Finding[]): Finding[] {
  return arrange(off ? findings.filter(({ rule }) => !off.has(rule)) : findings);
}

function structure(root: SourceNode, { catalogue, providerParameters = [], at = [] }: CheckSettingsOptions): readonly Finding[] {
  const conformed = conform(root, configSchema(catalogue, providerParameters), {
    unknown: unknownSetting,
    invalid: invalidSetting,
    at,
    adviceForUnknown: (name, path) => adviseOnUnknown(catalogue, name, path),
  });
  return "findings" in conformed ? conformed.findings : [];
}

/** The configuration as a JSON Schema for editors. Never stricter than {@link checkSettings}. */
export function litellmConfigJsonSchema(catalogue: Catalogue): EditorSchema {
  return editorSchema(configSchema(catalogue));
}
