import {
  applyWaivers,
  commentWaivers,
  type Finding,
  found,
  isGuardrail,
  type Place,
  type Rule,
  WAIVER_RULES,
  type Waiver,
  waiverMalformed,
} from "../findings";
import { KEYS_FILE_RULES } from "../keys";
import { VERSION_RULES } from "../litellm";
import {
  besideFile,
  type Conformed,
  conform,
  loadPlainTree,
  loadTree,
  type MapNode,
  nodeAt,
  type Path,
  parseSource,
  placeOfName,
  placeOfValue,
  SOURCE_RULES,
  type SourceNode,
  type TreeResult,
} from "../source";
import { AWS_RULES } from "./aws-rules";
import { checkEnvironment } from "./check";
import { deepFreeze, type Environment } from "./environment";
import { IDENTITY_PROXY_RULES } from "./identity-proxy";
import { loadKeysOf } from "./keys";
import { adviceForUnknown } from "./misplaced";
import { otherKindOf } from "./other-kind";
import { ENVIRONMENT_RULES } from "./rules";
import { type EnvironmentInput, environmentSchema } from "./schema";
import { soundInput } from "./sound-input";
import { toEnvironment } from "./to-environment";

/** What an environment file turned out to be. */
export interface LoadedEnvironment {
  /** The file as the user named it. */
  readonly file: string;
  /** All files that it was made of. */
  readonly files: readonly string[];
  /** False when some file could not be read as YAML at all: exit code 2. */
  readonly readable: boolean;
  /** Everything that was found, waivers applied. */
  readonly findings: readonly Finding[];
  /** Present when nothing keeps the environment from being deployed. */
  readonly environment?: Environment;
  /** What the guardrails over the synthesized stacks need; present together with `environment`. */
  readonly forGuardrails?: ForGuardrails;
}

/** What judging an environment's stacks takes from its file. */
export interface ForGuardrails {
  /** Waivers of guardrails: whether they cover anything is known when the stacks are there. */
  readonly waivers: readonly Waiver[];
  /** Where the first of these paths stands that the user wrote, else the file's beginning. */
  placeOf(paths: readonly Path[]): Place;
  /** Whether the user wrote something there. */
  has(path: Path): boolean;
}

/** Rules whose findings no waiver can cover. */
export function unwaivable(rules: readonly Rule[]): ReadonlySet<string> {
  return new Set(rules.filter((rule) => rule.waivable === false).map((rule) => rule.id));
}

/**
 * Reads, checks and types an environment file; all problems at once. Never throws for what a user wrote.
 *
 * @param file relative to the working directory
 * @param today `YYYY-MM-DD`, for the end dates of waivers
 */
export function loadEnvironment(file: string, today: string): LoadedEnvironment {
  return judge(loadTree(file), file, today);
}

/**
 * What is wrong with an environment file that is not written yet.
 *
 * @param file the name that findings carry; files that the text names are looked for beside it
 */
export function checkEnvironmentText(text: string, file: string, today: string): readonly Finding[] {
  const parsed = parseSource(text, file);
  return judge("findings" in parsed ? parsed : { ...parsed, files: [file] }, file, today).findings;
}

/**
 * An environment file as a tree, with what it extends laid under it and the file that `litellm.config` names in its place.
 * Nothing is checked.
 *
 * @param file relative to the working directory
 */
export function loadEnvironmentTree(file: string): TreeResult {
  const tree = loadTree(file);
  return "findings" in tree ? tree : readConfigFile(tree.root);
}

/**
 * What keeps a tree from being an environment, whatever its LiteLLM version: names that none has, and values of another kind.
 *
 * @param root see {@link loadEnvironmentTree}
 */
export function checkShape(root: MapNode): readonly Finding[] {
  const shape = conformed(root);
  return "findings" in shape ? shape.findings : [];
}

/**
 * What would be found in an environment file if it named another LiteLLM version.
 *
 * @param root its tree, without findings of {@link checkShape}
 */
export function checkAtVersion(root: MapNode, version: string, today: string): readonly Finding[] {
  const place = placeOfValue(root, ["litellm", "version"]);
  const node: SourceNode = { kind: "scalar", place, value: version, text: version, plain: true };
  const litellm = root.entries.get("litellm");
  if (litellm?.node.kind !== "map") return [];
  const inner: MapNode = { ...litellm.node, entries: new Map(litellm.node.entries).set("version", { place, node }) };
  const changed = { ...root, entries: new Map(root.entries).set("litellm", { place: litellm.place, node: inner }) };
  return judge({ root: changed, files: [], comments: [] }, place.file, today).findings;
}

function judge(tree: TreeResult, file: string, today: string): LoadedEnvironment {
  if ("findings" in tree) return { file, files: [file], readable: false, findings: tree.findings };
  const otherKind = otherKindOf(tree.root, file);
  if (otherKind) return { file, files: [...tree.files], readable: true, findings: [otherKind] };
  const grafted = readConfigFile(tree.root);
  if ("findings" in grafted) return { file, files: [...tree.files], readable: false, findings: grafted.findings };
  const shape = conformed(grafted.root);
  const sound = "value" in shape ? { input: shape.value, unsound: new Set<string>() } : soundInput(grafted.root);
  const keys = sound && loadKeysOf(sound.input, grafted.root, today);
  const files = [...tree.files, ...grafted.files, ...(keys?.files ?? [])];
  const readable = keys?.readable ?? true;
  const form = "findings" in shape ? shape.findings : [];
  const raised = [...form, ...checkEnvironment(grafted.root, sound, today), ...(keys?.findings ?? [])];
  const fromComments = commentWaivers([...tree.comments, ...grafted.comments, ...(keys?.comments ?? [])], raised);
  const waivers = [...waiversOf(sound?.input, grafted.root), ...fromComments.waivers];
  const now = waivers.filter(({ rule }) => !isGuardrail(rule));
  const isWhole = "value" in shape && readable;
  const findings = applyWaivers([...raised, ...fromComments.findings], now, UNWAIVABLE, today).filter(
    // What a waiver is for may be among what could not be judged.
    ({ rule }) => isWhole || rule !== WAIVER_RULES.unused.id,
  );
  const blocked = findings.some((finding) => finding.severity === "error" && !finding.waiver);
  if (!("value" in shape) || blocked) return { file, files, readable, findings };
  const forGuardrails = guardrailInput(grafted.root, waivers);
  const environment = deepFreeze(toEnvironment(shape.value, grafted.root, keys?.desired));
  return { file, files, readable, findings, environment, forGuardrails };
}

function conformed(root: MapNode): Conformed<EnvironmentInput> {
  const { unknown, invalid } = ENVIRONMENT_RULES;
  return conform(root, environmentSchema, { unknown, invalid, adviceForUnknown });
}

function guardrailInput(root: MapNode, waivers: readonly Waiver[]): ForGuardrails {
  const has = (path: Path): boolean => path.length > 0 && nodeAt(root, path) !== undefined;
  return {
    waivers: waivers.filter(({ rule }) => isGuardrail(rule)),
    has,
    placeOf: (paths) => {
      const written = paths.find(has);
      return written ? placeOfName(root, written) : root.place;
    },
  };
}

const UNWAIVABLE = unwaivable([
  ...VERSION_RULES,
  ...Object.values(SOURCE_RULES),
  ...Object.values(ENVIRONMENT_RULES),
  ...Object.values(AWS_RULES),
  ...IDENTITY_PROXY_RULES,
  ...Object.values(KEYS_FILE_RULES),
  ...Object.values(WAIVER_RULES),
  waiverMalformed,
]);
const CONFIG_PATH: Path = ["litellm", "config"];

/** `litellm.config: litellm.yaml` reads that file in place of its name; its values keep their places. */
function readConfigFile(root: MapNode): TreeResult {
  const node = nodeAt(root, CONFIG_PATH);
  if (node?.kind !== "scalar" || typeof node.value !== "string") return { root, files: [], comments: [] };
  const read = loadPlainTree(besideFile(node.place.file, node.value));
  if ("findings" in read) {
    const named = found(SOURCE_RULES.unreadable, {
      place: node.place,
      path: "litellm.config",
      message: "the file that litellm.config names cannot be used",
      repair: "name a LiteLLM configuration file, relative to this one",
    });
    return { findings: [...read.findings, named] };
  }
  return { ...read, root: replaceConfig(root, read.root) };
}

function replaceConfig(root: MapNode, config: MapNode): MapNode {
  const litellm = root.entries.get("litellm");
  const entry = litellm?.node.kind === "map" ? litellm.node.entries.get("config") : undefined;
  if (litellm?.node.kind !== "map" || !entry) return root;
  const inner: MapNode = {
    ...litellm.node,
    entries: new Map(litellm.node.entries).set("config", { place: entry.place, node: config }),
  };
  return { ...root, entries: new Map(root.entries).set("litellm", { place: litellm.place, node: inner }) };
}

function waiversOf(input: EnvironmentInput | undefined, root: MapNode): Waiver[] {
  return (input?.waivers ?? []).map((waiver, index) => {
    const { rule, owner, reason, until, at } = waiver;
    const place = placeOfValue(root, ["waivers", index]);
    return { rule, owner, reason, until, place, path: `waivers[${index}]`, ...(at !== undefined && { at }) };
  });
}
