import { type Finding, found } from "../findings";
import { type Comment, conform, loadPlainTree, type MapNode, placeOfName, SOURCE_RULES, showPath, toValue } from "../source";
import type { Desired } from "./desired";
import { adviceForUnknown } from "./enterprise";
import { KEYS_FILE_RULES } from "./file-rules";
import { type GatewayFacts, KEYS_CONTENT_RULES, KeysContext, type KeysRule } from "./rules";
import { type KeysInput, keysSchema } from "./schema";
import { BLOCKS, soundEntries } from "./sound-entries";
import { toDesired } from "./to-desired";

/** What the keys files of an environment turned out to be. */
export interface LoadedKeys {
  /** The files, as they were named. */
  readonly files: readonly string[];
  /** False when some file could not be read as YAML at all. */
  readonly readable: boolean;
  readonly findings: readonly Finding[];
  readonly comments: readonly Comment[];
  /** What the files want, as far as every one of them has the right shape. */
  readonly desired?: Desired;
}

/** What is read beside the files. */
export interface LoadKeysOptions {
  /** Whose things they are. */
  readonly owner: string;
  readonly gateway: GatewayFacts;
  /** Ids of rules that are switched off; for tests of the rules themselves. */
  readonly off?: ReadonlySet<string>;
}

/**
 * Reads and checks keys files; all problems at once. Never throws for what a user wrote.
 *
 * @param files relative to the working directory
 */
export function loadKeys(files: readonly string[], options: LoadKeysOptions): LoadedKeys {
  const trees = files.map((file) => loadPlainTree(file));
  const broken = trees.flatMap((tree) => ("findings" in tree ? tree.findings.map(forKeysFile) : []));
  if (broken.length > 0) return { files, readable: false, findings: broken, comments: [] };
  const roots = trees.flatMap((tree) => ("root" in tree ? [tree.root] : []));
  const comments = trees.flatMap((tree) => ("comments" in tree ? tree.comments : []));
  return { files, readable: true, comments, ...checkKeys(roots, options) };
}

/** The reader of YAML knows no keys files: what it advises for an empty text would start an environment. */
function forKeysFile(finding: Finding): Finding {
  if (finding.rule !== SOURCE_RULES.empty.id) return finding;
  return { ...finding, repair: "start from templates/keys/team.keys.yaml, or write {} for no keys" };
}

/** Checks trees of keys files. */
export function checkKeys(roots: readonly MapNode[], options: LoadKeysOptions): { findings: Finding[]; desired?: Desired } {
  const shaped = roots.map((root) => ({
    root,
    shape: conform(root, keysSchema, { unknown: KEYS_FILE_RULES.unknown, invalid: KEYS_FILE_RULES.invalid, adviceForUnknown }),
  }));
  const wrong = shaped.flatMap(({ shape }) => ("findings" in shape ? shape.findings : []));
  const inputs = shaped.flatMap(({ shape }) => ("value" in shape ? [shape.value] : []));
  const { known, judged } = wrong.length === 0 ? { known: inputs, judged: inputs } : soundEntries(roots.map(toValue));
  const files = roots.map((root, index) => ({ root, input: judged[index] ?? {} }));
  const all = merged(known);
  const active = KEYS_CONTENT_RULES.filter(({ id }) => !options.off?.has(id));
  const found = files.flatMap(({ root, input }) => runRules(active, new KeysContext(root, input, all, options.gateway, files)));
  const findings = [...wrong, ...duplicates(files), ...found];
  if (wrong.length > 0) return { findings };
  const parts = files.map(({ root, input }) => toDesired(input, root, options.owner));
  return { findings, desired: { objects: parts.flatMap(({ objects }) => objects), keys: parts.flatMap(({ keys }) => keys) } };
}

function runRules(rules: readonly KeysRule[], context: KeysContext): Finding[] {
  return rules.flatMap((rule) => rule.check(context));
}

function merged(inputs: readonly KeysInput[]): KeysInput {
  const blocks = BLOCKS.map((block) => [block, Object.assign({}, ...inputs.map((input) => input[block] ?? {}))]);
  return Object.fromEntries(blocks) as KeysInput;
}

function duplicates(files: readonly { readonly root: MapNode; readonly input: KeysInput }[]): Finding[] {
  // Within one file every name stands once.
  if (files.length < 2) return [];
  const seen = new Map<string, string>();
  return files.flatMap(({ root, input }) =>
    BLOCKS.flatMap((block) =>
      Object.keys(input[block] ?? {}).flatMap((name) => {
        const path = showPath([block, name]);
        const first = seen.get(path);
        const place = placeOfName(root, [block, name]);
        seen.set(path, first ?? place.file);
        if (first === undefined) return [];
        const { duplicate } = KEYS_FILE_RULES;
        return [found(duplicate, { place, path, message: `${first} describes ${name} too`, repair: duplicate.repair })];
      }),
    ),
  );
}

/** Every rule that a keys file may be found to break. */
export const KEYS_RULES = [...Object.values(KEYS_FILE_RULES), ...KEYS_CONTENT_RULES];
