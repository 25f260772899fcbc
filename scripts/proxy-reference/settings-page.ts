import { table } from "./table";

/** As much of a JSON Schema as the page needs. */
export interface SettingSchema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly format?: string;
  readonly properties?: Readonly<Record<string, SettingSchema>>;
  readonly required?: readonly string[];
  readonly items?: SettingSchema;
  readonly anyOf?: readonly SettingSchema[];
  readonly additionalProperties?: boolean | SettingSchema;
}

/** Page with every setting: what may stand there, what holds without it, and what it does. */
export function settingsPage(schema: SettingSchema, docs: ReadonlyMap<string, string>): string {
  const rows = settingsIn(schema, "", "").map(({ shown, path, kind, standard }) => [
    `\`${shown}\``,
    kind,
    standard,
    docs.get(path) ?? "",
  ]);
  return `# Settings of the identity proxy

Made by \`npm run proxy:reference\` from the proxy's own schema. \`[]\` stands for each item of a list. What two settings say together is
only known to \`litellm-identity-proxy --config FILE --check\`.

${table(["setting", "what may stand there", "default", "what it does"], rows)}
`;
}

interface Setting {
  readonly shown: string;
  /** Without positions in lists. */
  readonly path: string;
  readonly kind: string;
  readonly standard: string;
}

function settingsIn(schema: SettingSchema, shown: string, path: string): Setting[] {
  const required = new Set(schema.required);
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => {
    const at = { shown: shown === "" ? name : `${shown}.${name}`, path: path === "" ? name : `${path}.${name}` };
    return [
      { ...at, kind: kindOf(inner), standard: standardOf(inner, required.has(name)) },
      ...settingsIn(inner, at.shown, at.path),
    ];
  });
  const items = schema.items ? settingsIn(schema.items, `${shown}[]`, path) : [];
  return [...own, ...items, ...(schema.anyOf ?? []).flatMap((each) => settingsIn(each, shown, path))];
}

function standardOf(schema: SettingSchema, isRequired: boolean): string {
  if (isRequired) return "must be there";
  if (schema.default === undefined || JSON.stringify(schema.default) === "{}") return "";
  return `\`${typeof schema.default === "string" ? schema.default : JSON.stringify(schema.default)}\``;
}

function kindOf(schema: SettingSchema): string {
  if (schema.enum) return schema.enum.map((choice) => `\`${choice}\``).join(", ");
  if (schema.description !== undefined) return schema.description;
  if (schema.anyOf) return [...new Set(schema.anyOf.map(kindOf))].join(" or ");
  return (KINDS[schema.type ?? ""] ?? numberKind)(schema);
}

const KINDS: Readonly<Record<string, (schema: SettingSchema) => string>> = {
  array: listKind,
  object: () => "a mapping",
  boolean: () => "`true` or `false`",
  string: ({ format }) => (format === undefined ? "text" : `an ${format === "ipv4" ? "IPv4" : "IPv6"} address`),
};

function listKind({ items, minItems }: SettingSchema): string {
  const length = minItems ? ` of at least ${minItems}` : "";
  return `a list${length}${items && !items.properties ? `: ${kindOf(items)}` : ""}`;
}

function numberKind({ minimum, maximum }: SettingSchema): string {
  return minimum === undefined || maximum === undefined ? "a number" : `a number from ${minimum} to ${maximum}`;
}
