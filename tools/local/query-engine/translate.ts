import { type GraphqlEntry, type GraphqlField, type GraphqlValue, parseOperation } from "./graphql";
import type { Models } from "./models";

/** A query for Prisma's engine, in its JSON protocol. */
export interface Translated {
  /** JSON text. */
  readonly query: string;
  /** The name that the client wants its answer by. */
  readonly alias: string;
  /** The client's own SQL: its answer holds plain values. */
  readonly raw: boolean;
}

/** Longer names first where one begins with another. */
const ACTIONS = [
  "findUnique",
  "findFirst",
  "findMany",
  "createOne",
  "createMany",
  "updateOne",
  "updateMany",
  "upsertOne",
  "deleteOne",
  "deleteMany",
  "aggregate",
  "groupBy",
];
const RAW = ["queryRaw", "executeRaw"];
const OR_THROW = "OrThrow";

/**
 * Translates what prisma-client-py sends to the engine binary (GraphQL) into what the WebAssembly engine takes: the JSON
 * protocol (Prisma 5.17.0).
 * @throws Error when the text is not GraphQL, or asks for an unknown action or model
 */
export function translate(source: string, models: Models): Translated {
  const field = parseOperation(source);
  const raw = RAW.includes(field.name);
  const { action, model } = raw ? { action: field.name, model: undefined } : splitAction(field.name, models);
  const scope: Scope = model === undefined ? "plain" : { model };
  const query = `"query":{"arguments":${printArguments(field.arguments, scope, models)},"selection":${printSelection(field, scope, models)}}`;
  const modelName = model === undefined ? "" : `"modelName":${JSON.stringify(model)},`;
  return { query: `{${modelName}"action":${JSON.stringify(action)},${query}}`, alias: field.alias, raw };
}

/** `findFirstUserOrThrow` is the action `findFirstOrThrow` on the model `User`. */
function splitAction(name: string, models: Models): { action: string; model: string } {
  const action = ACTIONS.find((known) => name.startsWith(known));
  if (action === undefined) throw new Error(`unknown action ${name}`);
  const model = name.slice(action.length);
  if (models.has(model)) return { action, model };
  const bare = model.endsWith(OR_THROW) ? model.slice(0, -OR_THROW.length) : model;
  if (!models.has(bare)) throw new Error(`unknown model ${bare}`);
  return { action: `${action}${OR_THROW}`, model: bare };
}

/** Where a value stands: within a record of a model, within a `Json` field, or anywhere else. */
type Scope = { readonly model: string } | "json" | "plain";

/**
 * The scope of what is at `name`. A name that is no field is an operator, such as `AND`, `connect` or `set`, and stays in the
 * record.
 */
function scopeWithin(scope: Scope, name: string, models: Models): Scope {
  if (scope === "json") return PLAIN_IN_JSON.includes(name) ? "plain" : "json";
  if (scope === "plain") return "plain";
  const type = models.get(scope.model)?.get(name);
  if (type === undefined) return scope;
  if (type === "Json") return "json";
  return models.has(type) ? { model: type } : "plain";
}

/** Filters of a `Json` field that take something else than JSON. */
const PLAIN_IN_JSON = ["path", "mode", "string_contains", "string_starts_with", "string_ends_with"];

/** The names of arguments, such as `where` and `data`, are never fields, though a model may have a field of such a name. */
function printArguments(entries: readonly GraphqlEntry[], scope: Scope, models: Models): string {
  return object(entries.map(([name, value]) => [name, printValue(value, scope, models)]));
}

function printValue(value: GraphqlValue, scope: Scope, models: Models): string {
  switch (value.kind) {
    case "json":
      return value.source;
    case "enum":
      return JSON.stringify(value.source);
    case "text":
      // Untagged, the engine would store the text as a JSON string instead of the JSON that it holds.
      return scope === "json" ? `{"$type":"Json","value":${value.source}}` : value.source;
    case "list":
      return `[${value.items.map((item) => printValue(item, scope, models)).join(",")}]`;
    case "object":
      return object(value.entries.map(([name, inner]) => [name, printValue(inner, scopeWithin(scope, name, models), models)]));
  }
}

function printSelection({ selection }: GraphqlField, scope: Scope, models: Models): string {
  return object(selection.map((field) => [field.name, printField(field, scopeWithin(scope, field.name, models), models)]));
}

function printField(field: GraphqlField, scope: Scope, models: Models): string {
  if (field.selection.length === 0 && field.arguments.length === 0) return "true";
  return `{"arguments":${printArguments(field.arguments, scope, models)},"selection":${printSelection(field, scope, models)}}`;
}

/** A JSON object of values that are JSON already. */
function object(entries: readonly (readonly [name: string, json: string])[]): string {
  return `{${entries.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(",")}}`;
}
