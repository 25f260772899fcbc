import pLimit = require("p-limit");

import type { Json } from "../../../core/keys";
import { GatewayError, type GatewayHttp, pagesIn } from "../gateway";
import { rowIn } from "./usage";

/** The most rows that LiteLLM gives in one answer (`/user/daily/activity`, LiteLLM 1.108.10). */
const PAGE_SIZE = 1000;
const AT_ONCE = 4;
const TRIES = 3;

/** The days of a month, UTC, as LiteLLM books them. */
export interface Days {
  readonly start_date: string;
  readonly end_date: string;
}

/** One day of one page: a day's rows may be spread over pages. */
export type ActivityDay = Readonly<Record<string, Json>>;

/** What a `/daily/activity` route has about some days. */
export interface Activity {
  readonly days: readonly ActivityDay[];
  /** The number of pages was the same from the first to the last: nothing was put in between. */
  readonly steady: boolean;
}

/** Reads every page of an activity; again when the gateway wrote meanwhile, because then a row may be missing or twice. */
export async function readActivity(http: GatewayHttp, path: string, days: Days): Promise<Activity> {
  let activity = await readPages(http, path, days);
  for (let attempt = 1; !activity.steady && attempt < TRIES; attempt += 1) activity = await readPages(http, path, days);
  return activity;
}

/** The same for a route that this version of LiteLLM may not have: then undefined. */
export async function readActivityIfAny(http: GatewayHttp, path: string, days: Days): Promise<Activity | undefined> {
  try {
    return await readActivity(http, path, days);
  } catch (error) {
    if (error instanceof GatewayError && error.status === 404) return undefined;
    throw error;
  }
}

async function readPages(http: GatewayHttp, path: string, days: Days): Promise<Activity> {
  const page = (number: number): Promise<Json> => http.get(path, { ...days, page: number, page_size: PAGE_SIZE });
  const pagesOf = (answer: Json): number => pagesIn(path, rowIn(answer).metadata);
  const first = await page(1);
  const limit = pLimit(AT_ONCE);
  const numbers = Array.from({ length: Math.max(0, pagesOf(first) - 1) }, (_, index) => index + 2);
  const others = await Promise.all(numbers.map((number) => limit(() => page(number))));
  const answers = [first, ...others];
  return { days: answers.flatMap(daysOf), steady: answers.every((answer) => pagesOf(answer) === pagesOf(first)) };
}

function daysOf(answer: Json): ActivityDay[] {
  const { results } = rowIn(answer);
  return Array.isArray(results) ? results.map(rowIn) : [];
}
