import type { Refusal } from "../errors";
import { cleanQuery } from "../query";
import type { Route } from "../routes";

/** The target for the gateway, and the model that the query names on routes where it does. */
export interface OutgoingTarget {
  readonly text: string;
  readonly model?: string;
}

/**
 * Path and query as the gateway gets them. Of the query only what the route lists passes: LiteLLM 1.108.10 fills members that the
 * body lacks from it, the end user among them.
 *
 * @param url the request target, its path already checked
 */
export function pathAndQuery(url: string, route: Route): OutgoingTarget | Refusal {
  const mark = url.indexOf("?");
  if (mark < 0) return { text: url };
  const cleaned = cleanQuery(url.slice(mark + 1), route.query);
  if (!cleaned.ok) return { status: 400, code: cleaned.code, message: cleaned.message };
  const path = url.slice(0, mark);
  const text = cleaned.query === "" ? path : `${path}?${cleaned.query}`;
  const model = route.model === "query" ? cleaned.values.get("model") : undefined;
  return model === undefined ? { text } : { text, model };
}
