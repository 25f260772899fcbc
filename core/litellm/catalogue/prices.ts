import { readPart, VERSIONS } from "./versions";

/** What LiteLLM's own table says of a model. Prices are US dollars for a million tokens. */
export interface ModelPrice {
  /** The name in the table. */
  readonly name: string;
  readonly provider: string;
  /** Such as `chat`, `embedding`, `image_generation`; empty where the table does not say. */
  readonly mode: string;
  /** What the model can do, such as `function_calling`, `vision`: the table's `supports_` fields that are true. */
  readonly flags: readonly string[];
  readonly input?: number;
  readonly output?: number;
  readonly cacheRead?: number;
  readonly cacheWrite?: number;
  /** Tokens of the context; where the table has only `max_tokens`, that. */
  readonly maxInputTokens?: number;
  readonly maxOutputTokens?: number;
  /** Images, seconds, batches, long contexts or the like have a price of their own. */
  readonly otherPrices: boolean;
  /** The day on which the provider retires the model, `YYYY-MM-DD`. */
  readonly deprecation?: string;
}

/** The table of one version. A running proxy fetches a newer one, unless `LITELLM_LOCAL_MODEL_COST_MAP` is true. */
export interface PriceTable {
  readonly version: string;
  /** Every name in the table. */
  names(): string[];
  /** The row of exactly this name. */
  get(name: string): ModelPrice | undefined;
  /** The row of a deployment's `model`: of the whole name, else of what follows the provider. */
  find(model: string): ModelPrice | undefined;
}

/** The table as `scripts/catalogue` writes it: rows hold indexes and values in the order of `columns`. */
interface PricesFile {
  readonly columns: readonly string[];
  readonly providers: readonly string[];
  readonly modes: readonly string[];
  readonly flagSets: readonly (readonly string[])[];
  readonly models: Readonly<Record<string, readonly (number | string | null)[]>>;
}

/** The models and prices that are shipped with exactly this LiteLLM version; undefined where there is no catalogue of it. */
export function loadPrices(version: string): PriceTable | undefined {
  if (!VERSIONS.includes(version)) return undefined;
  const file = readPart(version, "prices") as PricesFile;
  const get = (name: string) => {
    const row = Object.hasOwn(file.models, name) ? file.models[name] : undefined;
    return row && priceOf(file, name, row);
  };
  return {
    version,
    names: () => Object.keys(file.models),
    get,
    find: (model) => get(model) ?? (model.includes("/") ? get(model.slice(model.indexOf("/") + 1)) : undefined),
  };
}

function priceOf(file: PricesFile, name: string, row: readonly (number | string | null)[]): ModelPrice {
  const known = file.columns.map((column, index): [string, unknown] => [column, row[index] ?? undefined]);
  const { provider, mode, flags, otherPrices, ...rest } = Object.fromEntries(known.filter(([, value]) => value !== undefined));
  return {
    name,
    provider: file.providers[Number(provider)] ?? "",
    mode: file.modes[Number(mode)] ?? "",
    flags: file.flagSets[Number(flags)] ?? [],
    otherPrices: otherPrices === 1,
    ...(rest as Partial<ModelPrice>),
  };
}
