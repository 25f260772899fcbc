import { applyWaivers, commentWaivers, type Finding, WAIVER_RULES, waiverMalformed } from "../findings";
import { type LintOptions, lintFile, VERSION_RULES } from "../litellm";
import { loadPlainTree, SOURCE_RULES } from "../source";
import { unwaivable } from "./load";

/** What lint found in a configuration file of LiteLLM's own. */
export interface LintedFile {
  /** False when the file could not be read as YAML at all. */
  readonly readable: boolean;
  /** Waivers in comments applied. */
  readonly findings: readonly Finding[];
}

const UNWAIVABLE = unwaivable([
  ...Object.values(SOURCE_RULES),
  ...Object.values(WAIVER_RULES),
  ...VERSION_RULES,
  waiverMalformed,
]);

/**
 * Checks a LiteLLM configuration file, anybody's. Never throws for what a user wrote.
 *
 * @param file as the user named it, relative to the working directory
 * @param today `YYYY-MM-DD`, for waivers and retired models
 */
export function lintConfigFile(file: string, options: LintOptions, today: string): LintedFile {
  const tree = loadPlainTree(file);
  if ("findings" in tree) return { readable: false, findings: tree.findings };
  const raised = lintFile(tree.root, { ...options, today });
  const { waivers, findings } = commentWaivers(tree.comments, raised);
  return { readable: true, findings: applyWaivers([...raised, ...findings], waivers, UNWAIVABLE, today) };
}
