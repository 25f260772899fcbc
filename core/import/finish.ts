import { Document, Scalar, YAMLMap } from "yaml";
import { DEFAULT_LITELLM_VERSION, PROVIDED_BY_LOCAL } from "../config";
import { chooseCatalogue, lintFile, loadCatalogue, unknownSetting } from "../litellm";
import { type MapNode, nodeAt, parseSource } from "../source";
import { leavesOf, pair, scalarsIn, shownAt } from "./config-source";
import type { Draft } from "./draft";

/** What an environment file begins with. */
interface Target {
  readonly name: string;
  /** The LiteLLM version that is written. */
  readonly version: string;
}

/** The environment file of a draft. Says of everything that the file holds beyond the input, and of what changed on the way. */
export function finish(draft: Draft, target: Target): string {
  declareReferences(draft);
  declareProviderParameters(draft, target.version);
  const text = write(draft, target);
  tellTheRest(draft, text);
  return text;
}

/** Every `os.environ/NAME` needs a place that NAME comes from. */
function declareReferences(draft: Draft): void {
  if (!draft.config) return;
  for (const { node } of scalarsIn(draft.config.contents)) {
    const name = typeof node.value === "string" ? /^os\.environ\/([A-Za-z_]\w*)$/.exec(node.value)?.[1] : undefined;
    if (name && !PROVIDED_BY_LOCAL.includes(name) && !draft.environment.has(name) && !draft.secrets.has(name))
      draft.secrets.set(name, name);
  }
  for (const [name, variable] of [...draft.secrets].sort(([a], [b]) => (a < b ? -1 : 1))) {
    draft.say("added", `secrets.${name}`, undefined, `its value comes from the variable ${variable} of whoever deploys`);
  }
}

/** What LiteLLM hands on to the provider without knowing it, unless it looks like a slip of the pen. */
function declareProviderParameters(draft: Draft, version: string): void {
  const catalogue = chooseCatalogue(version)?.catalogue ?? loadCatalogue(DEFAULT_LITELLM_VERSION);
  const parsed = draft.config && parseSource(new Document(draft.config.contents).toString({ lineWidth: 0 }), "config.yaml");
  if (!catalogue || !parsed || !("root" in parsed)) return;
  const sentOn = lintFile(parsed.root, { catalogue }).filter(
    ({ rule, severity, path }) => rule === unknownSetting.id && severity === "note" && path.startsWith("model_list["),
  );
  for (const { path } of sentOn) {
    const name = path.split(".").at(-1) ?? "";
    if (draft.providerParameters.has(name)) continue;
    draft.providerParameters.add(name);
    draft.say(
      "added",
      "litellm.providerParameters",
      undefined,
      `${name}, which LiteLLM does not know and hands on to the provider`,
    );
  }
}

function write(draft: Draft, { name, version }: Target): string {
  const litellm = new YAMLMap();
  litellm.items.push(pair("version", text(version)));
  if (draft.port !== undefined) litellm.items.push(pair("port", new Scalar(draft.port)));
  if (draft.providerParameters.size > 0) litellm.items.push(pair("providerParameters", [...draft.providerParameters].sort()));
  if (draft.environment.size > 0)
    litellm.items.push(pair("environment", mapOf([...draft.environment].map(([key, value]) => [key, text(value)]))));
  litellm.items.push(pair("config", draft.config?.contents ?? new YAMLMap()));
  const root = new YAMLMap();
  root.items.push(pair("name", text(name)), pair("target", text("local")), pair("litellm", litellm));
  const secrets = [...draft.secrets].sort(([a], [b]) => (a < b ? -1 : 1));
  if (secrets.length > 0)
    root.items.push(pair("secrets", mapOf(secrets.map(([key, variable]) => [key, mapOf([["env", text(variable)]], true)]))));
  const document = new Document(root);
  document.commentBefore = draft.config?.before ?? null;
  document.comment = draft.config?.after ?? null;
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

function mapOf(entries: readonly (readonly [string, unknown])[], flow = false): YAMLMap {
  const map = new YAMLMap();
  map.flow = flow;
  for (const [name, value] of entries) map.items.push(pair(name, value));
  return map;
}

function text(value: string): Scalar {
  return new Scalar(value);
}

/**
 * Compares what was written with what was read: a leaf that is not what it was, and of which nothing was said, is told now.
 * This is what makes sure that nothing is dropped in silence, whatever became of it before.
 */
function tellTheRest(draft: Draft, written: string): void {
  const { config } = draft;
  const parsed = parseSource(written, "");
  if (!config || "findings" in parsed) return;
  for (const { path, value } of config.leaves) {
    const at = shownAt(config.at, path);
    if (Object.is(valueAt(parsed.root, path), value) || draft.hasSaid(at)) continue;
    const node = nodeAt(parsed.root, ["litellm", "config", ...path]);
    const message = node ? "changed with the anchor or merged mapping that it comes from" : "it could not be carried over";
    draft.say(node ? "changed" : "left-out", at, config.placeOf(path), message);
  }
}

function valueAt(root: MapNode, path: readonly (string | number)[]): unknown {
  const node = nodeAt(root, ["litellm", "config", ...path]);
  const [leaf] = node ? leavesOf(node) : [];
  return leaf && leaf.path.length === 0 ? leaf.value : undefined;
}
