import { isMap, YAMLMap } from "yaml";
import { nodeAt, ownValue, type Path, placeOfName, type SourceNode, showPath, toValue } from "../source";
import { entryOf, leavesOf, pair } from "./config-source";
import type { Draft } from "./draft";
import { readAsLitellm } from "./read-as-litellm";
import { configAt, type YamlInput } from "./read-yaml";
import { releaseIn } from "./release-in";
import { takeVariable } from "./variables";

/** Where the official charts have LiteLLM's configuration: the monolith, and the split one. */
const CONFIG_PATHS: readonly Path[] = [["proxy_config"], ["gateway", "config", "proxy_config"]];
/** Where values of a chart stand in files that wrap them: alone, an Argo CD Application, a Flux HelmRelease. */
const VALUES_PATHS: readonly Path[] = [[], ["spec", "source", "helm", "valuesObject"], ["spec", "values"]];
/** Values that only the chart has, enough to know it by. */
const TELLING = ["masterkeySecretName", "environmentSecrets", "migrationJob", "proxyConfigMap"];

/** Why a value of the chart stays behind, by the name that it begins with. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  replicaCount: "the local target runs one gateway",
  numWorkers: "the local target runs one worker",
  autoscaling: "the local target runs one gateway",
  keda: "the local target runs one gateway",
  pdb: "the local target runs one gateway",
  db: "the local target runs a PostgreSQL of its own",
  postgresql: "the local target runs a PostgreSQL of its own",
  redis: "the local target runs no Redis; a configuration that names one finds it by REDIS_HOST and the like",
  migrationJob: "the local target applies LiteLLM's migrations before it starts the gateway",
  ingress: "the local target listens on 127.0.0.1 only",
  serviceMonitor: "nothing scrapes the local target",
  environmentSecrets:
    "which variables these Secrets hold is not written here; those that the configuration refers to are declared under secrets",
  environmentConfigMaps:
    "which variables these ConfigMaps hold is not written here; those that the configuration refers to are declared under secrets",
  masterkeySecretName:
    "a place that the local target cannot read; variables that the configuration refers to are declared under secrets",
  masterkeySecretKey:
    "a place that the local target cannot read; variables that the configuration refers to are declared under secrets",
};
const ONLY_KUBERNETES = "it concerns Kubernetes, and the local target has none";

/** Where a file has values of an official chart; undefined where it has none. */
export function findHelmValues(root: SourceNode): Path | undefined {
  const wrapped = root.kind === "map" ? [...root.entries.keys()].map((name) => [name]) : [];
  return [...VALUES_PATHS, ...wrapped].find((path) => {
    const has = (below: Path) => nodeAt(root, [...path, ...below]) !== undefined;
    return CONFIG_PATHS.some(has) || (path.length === 0 && TELLING.some((name) => has([name])));
  });
}

/** Takes over the values of BerriAI's Helm charts (`litellm-helm`, and `litellm` with its gateway). */
export function fromHelm(input: YamlInput, draft: Draft): void {
  const at = findHelmValues(input.root) ?? [];
  const say = (kind: "moved" | "changed" | "left-out", path: Path, message: string): void =>
    draft.say(kind, path, placeOfName(input.root, path), message);
  const configPath = CONFIG_PATHS.map((path) => [...at, ...path]).find((path) => nodeAt(input.root, path) !== undefined);
  if (configPath) takeConfig(input, configPath, draft);
  takeImage(input, at, draft);
  takePort(input, at, draft);
  takeVariables(input, at, draft);
  takeMasterKey(input, at, draft);
  for (const path of topLevelPaths(input.root, at, configPath)) {
    if (draft.changes.some(({ path: said }) => said === showPath(path))) continue;
    const name = String(path.at(at.length) ?? path[0]);
    const untold = untoldBelow(input.root, path, draft);
    for (const below of untold)
      say(
        "left-out",
        below,
        at.length > 0 && path.length <= at.length
          ? "it wraps the values of the chart"
          : (ownValue(LEFT_OUT, name) ?? ONLY_KUBERNETES),
      );
  }
}

function takeConfig(input: YamlInput, path: Path, draft: Draft): void {
  const config = configAt(input, path);
  draft.config = config;
  draft.say("moved", path, placeOfName(input.root, path), "to litellm.config");
  readAsLitellm(config, draft, "helm");
  addChartMasterKey(config.contents, draft);
}

/** Values are laid over the chart's own, and those name the master key. */
function addChartMasterKey(config: YAMLMap, draft: Draft): void {
  const general = entryOf(config, "general_settings");
  if (general && !isMap(general.value)) return;
  const block = isMap(general?.value) ? general.value : undefined;
  if (block && entryOf(block, "master_key")) return;
  const masterKey = pair("master_key", "os.environ/PROXY_MASTER_KEY");
  if (block) block.items.push(masterKey);
  else config.items.push(pair("general_settings", asMap(masterKey)));
  draft.say(
    "added",
    "litellm.config.general_settings.master_key",
    undefined,
    "os.environ/PROXY_MASTER_KEY, which the chart's own values set",
  );
}

function asMap(entry: ReturnType<typeof pair>): YAMLMap {
  const map = new YAMLMap();
  map.items.push(entry);
  return map;
}

function takeImage({ root }: YamlInput, at: Path, draft: Draft): void {
  const path = [...at, "image", "tag"];
  const node = nodeAt(root, path);
  if (node?.kind !== "scalar" || node.value === null) return;
  const place = placeOfName(root, path);
  const release = releaseIn(String(node.value));
  if (release) draft.say("changed", path, place, `to litellm.version: ${release}`);
  else draft.say("left-out", path, place, "the tag names no release");
  draft.version = release;
}

function takePort({ root }: YamlInput, at: Path, draft: Draft): void {
  const path = [...at, "service", "port"];
  const port = nodeAt(root, path);
  if (port?.kind !== "scalar" || !Number.isInteger(port.value)) return;
  draft.port = Number(port.value);
  draft.say("moved", path, placeOfName(root, path), "to litellm.port");
}

function takeVariables({ root }: YamlInput, at: Path, draft: Draft): void {
  const take = (name: string, value: unknown, below: Path): void => {
    const path = [...at, ...below];
    takeVariable(draft, name, value, { path: showPath(path), place: placeOfName(root, path) });
  };
  const map = nodeAt(root, [...at, "envVars"]);
  for (const [name, { node }] of map?.kind === "map" ? map.entries : []) take(name, scalarText(node), ["envVars", name]);
  const level = scalarText(nodeAt(root, [...at, "logLevel"]));
  if (level && !draft.environment.has("LITELLM_LOG")) take("LITELLM_LOG", level, ["logLevel"]);
  const list = nodeAt(root, [...at, "extraEnvVars"]);
  for (const [index, item] of (list?.kind === "list" ? list.items : []).entries()) {
    const { name, value, valueFrom } = Object(toValue(item)) as Record<string, unknown>;
    if (typeof name === "string") take(name, valueFrom === undefined ? (value ?? "") : undefined, ["extraEnvVars", index]);
  }
}

function scalarText(node: SourceNode | undefined): string | undefined {
  return node?.kind === "scalar" ? node.text : undefined;
}

/** The chart puts its master key into the variable PROXY_MASTER_KEY. */
function takeMasterKey({ root }: YamlInput, at: Path, draft: Draft): void {
  const path = [...at, "masterkey"];
  const node = nodeAt(root, path);
  if (node?.kind !== "scalar" || node.text === "") return;
  draft.secrets.set("PROXY_MASTER_KEY", "PROXY_MASTER_KEY");
  draft.say("secret", path, placeOfName(root, path), "a declared secret, secrets.PROXY_MASTER_KEY; the value is written nowhere");
}

/** The values of the chart one by one, and what stands around them. */
function topLevelPaths(root: SourceNode, at: Path, configPath: Path | undefined): Path[] {
  const paths: Path[] = [];
  const descend = (path: Path): void => {
    const node = nodeAt(root, path);
    const leadsOn = [at, configPath].some(
      (target) => target && target.length > path.length && showPath(target.slice(0, path.length)) === showPath(path),
    );
    if (node?.kind === "map" && (leadsOn || path.length === at.length))
      for (const name of node.entries.keys()) descend([...path, name]);
    else paths.push(path);
  };
  descend([]);
  return paths;
}

/** A value as a whole where nothing of it was told yet, else each leaf of which nothing was. */
function untoldBelow(root: SourceNode, path: Path, draft: Draft): Path[] {
  const shown = showPath(path);
  const node = nodeAt(root, path);
  if (!node || !draft.mentionsPartOf(shown)) return [path];
  return leavesOf(node, path)
    .map((leaf) => leaf.path)
    .filter((leaf) => !draft.mentions(showPath(leaf)));
}
