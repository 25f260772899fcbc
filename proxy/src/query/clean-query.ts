/** What became of a query. */
export type QueryResult =
  | {
      readonly ok: true;
      /** What is forwarded, without the question mark; empty when nothing is left. */
      readonly query: string;
      /** The values of what is forwarded, decoded. */
      readonly values: ReadonlyMap<string, string>;
    }
  | { readonly ok: false; readonly code: "query_ambiguous" | "query_malformed"; readonly message: string };

/** What may stand in a value without being read differently anywhere: no `;`, which some readers split at, and no `+`. */
const PLAIN_VALUE = /^[A-Za-z0-9._~:/@!,-]*$/;
/** Longer values have no use on any route. */
const LONGEST = 1000;

/**
 * Keeps the parameters of a query that a route allows and drops all others: LiteLLM 1.108.10 takes an end user from `?user=`,
 * `?metadata=` and others on every route.
 *
 * What is kept is written anew from its decoded form, so that what was checked is what is sent. A parameter that counts must
 * stand there once, because readers do not agree whether the first or the last one wins.
 *
 * @param query without the question mark, in printable ASCII
 */
export function cleanQuery(query: string, allowed: readonly string[]): QueryResult {
  const values = new Map<string, string>();
  const lists = new Map<string, string[]>();
  for (const [name, value] of parameters(query)) {
    if (name === undefined || !allowed.includes(name)) continue;
    if (value === undefined || !PLAIN_VALUE.test(value) || value.length > LONGEST)
      return { ok: false, code: "query_malformed", message: `the value of the query parameter ${name} is malformed` };
    const list = lists.get(name);
    if (list && !name.endsWith("[]"))
      return { ok: false, code: "query_ambiguous", message: `the query parameter ${name} stands there twice` };
    if (list) list.push(value);
    else lists.set(name, [value]);
    values.set(name, value);
  }
  return { ok: true, query: written(lists), values };
}

/** Names and values, decoded; undefined for one that cannot be. */
function parameters(query: string): [name: string | undefined, value: string | undefined][] {
  return query.split("&").map((piece) => {
    const mark = piece.indexOf("=");
    return mark < 0 ? [decoded(piece), ""] : [decoded(piece.slice(0, mark)), decoded(piece.slice(mark + 1))];
  });
}

function written(lists: ReadonlyMap<string, readonly string[]>): string {
  return [...lists]
    .flatMap(([name, list]) => list.map((value) => `${name.endsWith("[]") ? encodeURIComponent(name) : name}=${encoded(value)}`))
    .join("&");
}

/** Slashes and colons stay as they are: models are named `openai/gpt-4o`. */
function encoded(value: string): string {
  return encodeURIComponent(value).replaceAll("%2F", "/").replaceAll("%3A", ":").replaceAll("%40", "@").replaceAll("%2C", ",");
}

/** Percent forms resolved once; undefined where they are malformed. A `+` is a space in a query. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return undefined;
  }
}
