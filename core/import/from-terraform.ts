import { isMap } from "yaml";
import { isSecret, type Place } from "../findings";
import { ownValue, showPath } from "../source";
import type { ConfigSource } from "./config-source";
import { secretName, unimportable } from "./config-source";
import type { Draft } from "./draft";
import { HclError, parseHcl } from "./hcl/parse-hcl";
import { toNodes } from "./hcl/to-nodes";
import type { HclAttribute, HclValue } from "./hcl/value";
import { readAsLitellm } from "./read-as-litellm";
import { parseInput, wholeFile } from "./read-yaml";
import { releaseIn } from "./release-in";
import { takeVariable } from "./variables";

const CONFIG = "proxy_config";
const ENVIRONMENT = /^(?:gateway_extra_env|backend_extra_env|extra_env|environment)$/;
const SECRETS = /^(?:gateway_extra_secrets|backend_extra_secrets|extra_secrets)$/;
const IMAGE = /^(?:.*_)?(?:image|image_tag|litellm_version)$/;
const OWN_SECRETS: Readonly<Record<string, string>> = {
  litellm_master_key: "LITELLM_MASTER_KEY",
  litellm_salt_key: "LITELLM_SALT_KEY",
  litellm_license: "LITELLM_LICENSE",
  ui_password: "UI_PASSWORD",
};

/** Takes over the arguments of BerriAI's Terraform modules, from a `.tf` or a `.tfvars` file. */
export function fromTerraform(text: string, file: string, draft: Draft): void {
  const attributes = read(text, file);
  for (const { path, place, value } of attributes) refuseSecretNames([...path], place, value);
  const config = attributes.find(({ path }) => path.at(-1) === CONFIG);
  if (!config)
    throw unimportable(
      { file, line: 1, column: 1 },
      "",
      "there is no proxy_config in this file",
      "import the file in which proxy_config is given",
    );
  takeConfig(config, file, draft);
  for (const attribute of attributes) if (attribute !== config) takeArgument(attribute, draft);
}

function refuseSecretNames(names: readonly string[], place: Place, value: HclValue): void {
  if (names.some((name) => isSecret("", name))) throw secretName(place);
  if (value.kind === "object") for (const entry of value.entries) refuseSecretNames([entry.name], entry.place, entry.value);
  if (value.kind === "list") for (const item of value.items) refuseSecretNames([], item.value.place, item.value);
  if (value.kind === "call") refuseSecretNames([], value.place, value.argument);
}

function read(text: string, file: string): HclAttribute[] {
  try {
    return parseHcl(text, file);
  } catch (error) {
    if (error instanceof HclError) throw unimportable(error.place, "", `not HCL: ${error.message}`, "mend the line named");
    throw error;
  }
}

function takeConfig({ path, place, value }: HclAttribute, file: string, draft: Draft): void {
  const inner = unwrapped(value);
  if (inner.kind === "heredoc" || (inner.kind === "literal" && typeof inner.value === "string")) {
    // As many empty lines before it as stand before it in the file, so that places are those of the file.
    const before = "\n".repeat(inner.kind === "heredoc" ? inner.firstLine - 1 : 0);
    const config = wholeFile(parseInput(`${before}${inner.value}`, file));
    draft.config = { ...config, at: path };
  } else {
    draft.config = configOf(inner, path, draft);
  }
  draft.say("moved", path, place, "to litellm.config");
  readAsLitellm(draft.config, draft, "pyyaml");
}

/** What `yamlencode(...)`, `yamldecode(...)` and the like are given: the module writes YAML of it either way. */
function unwrapped(value: HclValue): HclValue {
  return value.kind === "call" && /^(?:yaml|json)(?:encode|decode)$/.test(value.name) ? unwrapped(value.argument) : value;
}

function configOf(value: HclValue, at: readonly string[], draft: Draft): ConfigSource {
  const { node, leaves, places, leftOut } = toNodes(value);
  if (value.kind !== "object" || !isMap(node)) {
    const what = value.kind === "call" ? `a call of ${value.name}` : value.kind === "unreadable" ? value.what : "not a mapping";
    throw unimportable(
      value.place,
      showPath(at),
      `only Terraform can tell what proxy_config is: ${what}`,
      "import the file that holds LiteLLM's configuration by itself",
    );
  }
  const placeOf: ConfigSource["placeOf"] = (path) => places.get(showPath(path));
  for (const { path, place, why } of leftOut) draft.say("left-out", [...at, ...path], place, why);
  return { contents: node, at, leaves, placeOf, lineOf: () => value.place };
}

function takeArgument({ path, place, value }: HclAttribute, draft: Draft): void {
  const name = path.at(-1) ?? "";
  const variable = ownValue(OWN_SECRETS, name);
  const release = releaseOf(name, value);
  if (variable) {
    draft.secrets.set(variable, variable);
    draft.say("secret", path, place, `a declared secret, secrets.${variable}; the value is written nowhere`);
  } else if ((ENVIRONMENT.test(name) || SECRETS.test(name)) && value.kind === "object") {
    takeEntries(value, path, SECRETS.test(name), draft);
  } else if (release && draft.version === undefined) {
    draft.version = release;
    draft.say("changed", path, place, `to litellm.version: ${release}`);
  } else {
    draft.say("left-out", path, place, "it concerns what Terraform makes around the gateway; the local target makes its own");
  }
}

function releaseOf(name: string, value: HclValue): string | undefined {
  if (!IMAGE.test(name) || value.kind !== "literal") return undefined;
  return releaseIn(String(value.value).replace(/^.*:/, ""));
}

function takeEntries(value: Extract<HclValue, { kind: "object" }>, path: readonly string[], secret: boolean, draft: Draft): void {
  for (const entry of value.entries) {
    const written = { path: showPath([...path, entry.name]), place: entry.place };
    const literal = entry.value.kind === "literal" ? entry.value.value : undefined;
    // A place of AWS Secrets Manager; a value that is computed is not known either.
    takeVariable(draft, entry.name, secret ? undefined : literal, written);
  }
}
