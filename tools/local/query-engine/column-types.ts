import { Client, type ClientConfig, type CustomTypesConfig, types } from "pg";

/** Object ids of arrays that `@prisma/adapter-pg` 5.17.0 reads; PostgreSQL's catalogue `pg_type` names them. */
const ARRAYS = [
  143, 199, 651, 791, 1000, 1001, 1002, 1005, 1007, 1009, 1014, 1015, 1016, 1021, 1022, 1028, 1041, 1115, 1182, 1183, 1231, 1561,
  1563, 2951, 3807,
];
const { builtins } = types;
const SCALARS = [
  [builtins.BOOL, builtins.BYTEA, builtins.INT2, builtins.INT4, builtins.INT8, builtins.OID, builtins.FLOAT4, builtins.FLOAT8],
  [builtins.NUMERIC, builtins.MONEY, builtins.TEXT, builtins.VARCHAR, builtins.BPCHAR, builtins.XML, builtins.UUID],
  [builtins.JSON, builtins.JSONB, builtins.BIT, builtins.VARBIT, builtins.INET, builtins.CIDR],
  [builtins.DATE, builtins.TIME, builtins.TIMETZ, builtins.TIMESTAMP, builtins.TIMESTAMPTZ],
].flat();
const KNOWN: ReadonlySet<number> = new Set([...SCALARS, ...ARRAYS]);

const NAME_ARRAY = 1003;
const TEXT_ARRAY = 1009;
/** From here on ids are those of a database's own types, which the adapter takes for text. */
const FIRST_OWN = 10_000;

/**
 * The type to show a column as: the adapter refuses what it does not list, such as the `name[]` of PostgreSQL's own
 * catalogues that LiteLLM asks for at start.
 */
export function shownType(id: number): number {
  if (id === NAME_ARRAY) return TEXT_ARRAY;
  return KNOWN.has(id) || id >= FIRST_OWN ? id : builtins.TEXT;
}

/** A query as the adapter sends it. */
interface Query {
  readonly types?: CustomTypesConfig;
}

interface Result {
  readonly fields?: { dataTypeID: number }[];
}

/** A connection that shows columns of unlisted types as text. */
export class TextualClient extends Client {
  constructor(config?: string | ClientConfig) {
    super(config);
    // A server that stops within a transaction fails the next query; without a listener the event would end the process.
    this.on("error", () => {});
    const send = this.query.bind(this) as (...parameters: unknown[]) => unknown;
    const relabelled = (...parameters: unknown[]): unknown => {
      const [query, ...rest] = parameters;
      // A pool asks with a callback, a transaction awaits.
      const answer = send(
        readAsShown(query),
        ...rest.map((parameter) => (typeof parameter === "function" ? before(parameter as Callback) : parameter)),
      );
      return answer instanceof Promise ? answer.then(relabel) : answer;
    };
    this.query = relabelled as typeof this.query;
  }
}

function readAsShown(query: unknown): unknown {
  const own = (query as Query | undefined)?.types;
  if (own === undefined) return query;
  const getTypeParser = (id: number, format?: "text" | "binary"): unknown => own.getTypeParser(shownType(id), format);
  return { ...(query as object), types: { getTypeParser } };
}

type Callback = (error: unknown, result: Result) => unknown;

function before(callback: Callback): Callback {
  return (error, result) => callback(error, relabel(result));
}

function relabel<T extends Result | undefined>(result: T): T {
  for (const field of result?.fields ?? []) field.dataTypeID = shownType(field.dataTypeID);
  return result;
}
