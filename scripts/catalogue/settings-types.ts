import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { DEFAULT_LITELLM_VERSION } from "../../core/config";
import { type Catalogue, loadCatalogue, parseType, type SectionName, type TypePart } from "../../core/litellm/catalogue";

/** The interfaces that are written: their names, and the sections they are made of. */
const INTERFACES: readonly (readonly [name: string, section: SectionName, summary: string])[] = [
  ["RouterSettings", "router_settings", "`router_settings`: the arguments of LiteLLM's Router."],
  ["LitellmSettings", "litellm_settings", "`litellm_settings`: variables of the litellm module."],
  ["GeneralSettings", "general_settings", "`general_settings`: the proxy server."],
  ["CacheParams", "cache_params", "`litellm_settings.cache_params`: the cache and the Redis client behind it."],
  ["LitellmParams", "litellm_params", "`model_list[].litellm_params`: a deployment, and parameters of its requests."],
  ["ModelInfo", "model_info", "`model_list[].model_info`: what is known about a deployment."],
  ["GuardrailParams", "guardrail_params", "`guardrails[].litellm_params`: a guardrail."],
];

/** The TypeScript interfaces of one LiteLLM version's settings: closed, so that a misspelt name does not compile. */
export function settingsTypes(catalogue: Catalogue): string {
  const models = new Set<string>();
  const sections = INTERFACES.map(([name, section, summary]) => {
    const fields = [...catalogue.sections[section]].map(([field, { evidence, type }]): [string, string] => [
      field,
      evidence === "declared" || evidence === "overlay" ? type : "",
    ]);
    return interfaceOf(`Generated${name}`, summary, fields, models);
  });
  const written = modelInterfaces(catalogue, models);
  const head = [
    `// Generated from the catalogue of LiteLLM ${catalogue.version} by scripts/catalogue/settings-types.ts. Do not edit.`,
    'import type { Reference } from "./reference";',
  ].join("\n");
  return `${[head, ...sections, ...written].join("\n\n")}\n`;
}

/** The nested mappings that the sections lead to, and those that these lead to. */
function modelInterfaces(catalogue: Catalogue, wanted: Set<string>): string[] {
  const written = new Map<string, string>();
  for (const extra of ["RetryPolicy", "AllowedFailsPolicy", "RoutingGroup", "KeyManagementSettings", ...EXTRA_MODELS])
    wanted.add(extra);
  // A set that grows while it is walked: the new names are visited too.
  for (const name of wanted) {
    const model = catalogue.models.get(name);
    if (!model) continue;
    const summary = `LiteLLM's \`${name}\`.${model.open ? " Other names are allowed." : ""}`;
    written.set(name, interfaceOf(name, summary, Object.entries(model.fields), wanted, new Set(model.required), model.open));
  }
  const aliases = [...wanted].filter((name) => !catalogue.models.has(name));
  for (const name of aliases)
    written.set(name, `/** Not described further. */\nexport type ${name} = Readonly<Record<string, unknown>>;`);
  return [...written].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text);
}

const EXTRA_MODELS = [
  "CredentialItem",
  "MCPServerConfig",
  "PassThroughGenericEndpoint",
  "Policy",
  "PolicyAttachment",
  "WorkerRegistryEntry",
  "BudgetConfig",
];

function interfaceOf(
  name: string,
  summary: string,
  fields: readonly (readonly [string, string])[],
  models: Set<string>,
  required: ReadonlySet<string> = new Set(),
  open = false,
): string {
  const lines = fields.map(([field, type]) => {
    const optional = required.has(field) ? "" : "?";
    return `  readonly ${property(field)}${optional}: ${typeOf(parseType(type), models)};`;
  });
  const others = open ? ["  readonly [name: string]: unknown;"] : [];
  return [`/** ${summary} */`, `export interface ${name} {`, ...lines, ...others, "}"].join("\n");
}

function property(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name);
}

function typeOf(parts: readonly TypePart[], models: Set<string>): string {
  if (parts.length === 0) return "unknown";
  const types = new Set(parts.map((part) => partOf(part, models)));
  // Text covers references already.
  if (!types.has("string") && parts.some((part) => part.kind === "number" || part.kind === "boolean" || part.kind === "text"))
    types.add("Reference");
  return [...types, "null"].join(" | ");
}

function partOf(part: TypePart, models: Set<string>): string {
  switch (part.kind) {
    case "text":
      return JSON.stringify(part.text);
    case "list":
      return `readonly ${part.of ? wrapped(part.of, models) : "unknown"}[]`;
    case "mapping":
      return `Readonly<Record<string, ${part.of ? partOf(part.of, models) : "unknown"}>>`;
    case "model":
      models.add(part.name);
      return part.name;
    default:
      return part.kind;
  }
}

function wrapped(part: TypePart, models: Set<string>): string {
  return part.kind === "list" ? `(${partOf(part, models)})` : partOf(part, models);
}

/** Writes the types of the version that is deployed by default: others are checked when a configuration is. */
function main(): void {
  const catalogue = loadCatalogue(DEFAULT_LITELLM_VERSION);
  if (!catalogue) throw new Error("there is no catalogue");
  writeFileSync(resolve("core/litellm/settings/settings.gen.ts"), settingsTypes(catalogue));
}

if (require.main === module) main();
