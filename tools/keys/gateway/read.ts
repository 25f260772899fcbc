import pLimit = require("p-limit");

import type { Json, Kind } from "../../../core/keys";
import type { Current, CurrentObject } from "../plan";
import { GatewayError, type GatewayHttp } from "./gateway-api";
import { countIn, NOT_LITELLM, pagesIn, rowsIn, toObject } from "./rows";

/** The most that LiteLLM gives in one answer (`/key/list`, `/user/list`, `/v2/team/list`, 1.108.10). */
const PAGE = 100;
/** Pages that are asked for at a time. */
const AT_ONCE = 4;

interface Listing {
  readonly kind: Kind;
  readonly path: string;
  /** Under which the answer has its rows. */
  readonly rows: string;
  /** Names of the parameters; absent where everything comes at once. */
  readonly size?: string;
  readonly query?: Readonly<Record<string, string>>;
}

const OBJECTS: readonly Listing[] = [
  { kind: "budget", path: "/budget/list", rows: "budgets" },
  { kind: "team", path: "/v2/team/list", rows: "teams", size: "page_size" },
  { kind: "user", path: "/user/list", rows: "users", size: "page_size" },
  { kind: "tag", path: "/tag/list", rows: "tags" },
  { kind: "customer", path: "/customer/list", rows: "customers" },
];
const KEYS: Listing = { kind: "key", path: "/key/list", rows: "keys", size: "size", query: { return_full_object: "true" } };

/** Reads all that is there. A key that is deleted meanwhile moves the others up a page, so a count that does not fit is read again. */
export async function readCurrent(http: GatewayHttp, told?: (read: number, total: number) => void): Promise<Current> {
  const objects = await allOf(OBJECTS.map((listing) => readAll(http, listing)));
  return { objects: objects.flat(), keys: await readAll(http, KEYS, told) };
}

const TRIES = 5;

async function readAll(
  http: GatewayHttp,
  listing: Listing,
  told?: (read: number, total: number) => void,
): Promise<CurrentObject[]> {
  const looks = new Set<string>();
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const { objects, total } = await readOnce(http, listing, told);
    if (total === undefined || objects.length >= total) return objects;
    looks.add(`${total} and gives ${objects.length}`);
  }
  const [only = ""] = looks;
  if (looks.size === 1) throw new GatewayError(`${listing.path} says that it has ${only}`, NOT_LITELLM);
  throw new GatewayError(
    `${listing.path} changes faster than it can be read`,
    "run it again when fewer things are made and deleted",
  );
}

async function readOnce(http: GatewayHttp, listing: Listing, told?: (read: number, total: number) => void) {
  const { kind, path, rows, size, query } = listing;
  const page = (number: number): Promise<Json> =>
    http.get(path, { ...query, ...(size !== undefined && { page: number, [size]: PAGE }) });
  const first = await page(1);
  const pages = size === undefined ? 1 : pagesIn(path, first);
  const total = size === undefined ? undefined : countIn(path, first, "total_count", "total");
  const found = new Map<string, CurrentObject>();
  let read = 0;
  const take = (answer: Json): void => {
    const list = rowsIn(path, answer, rows);
    read += list.length;
    for (const row of list) {
      const object = toObject(kind, row);
      if (object) found.set(object.id, object);
    }
    told?.(Math.min(read, total ?? read), total ?? read);
  };
  take(first);
  const limit = pLimit(AT_ONCE);
  const others = Array.from({ length: Math.max(0, pages - 1) }, (_, index) => index + 2);
  await allOf(others.map((number) => limit(async () => take(await page(number)))));
  return { objects: [...found.values()], total };
}

/** Like `Promise.all`, but what fails waits for the others: no request goes on, or is tried again, after the answer is known. */
async function allOf<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(promises);
  return await Promise.all(promises);
}
