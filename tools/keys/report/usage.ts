import type { Json } from "../../../core/keys";
import { GatewayError, NOT_LITELLM } from "../gateway";
import { nanoDollars, shownNano } from "./money";

/** What was used, added up without rounding. */
export interface Usage {
  nano: bigint;
  requests: number;
  failedRequests: number;
  promptTokens: number;
  completionTokens: number;
}

/** More than all the money there is. */
const MOST_DOLLARS = 1e15;

type Row = Readonly<Record<string, Json>>;

/** Nothing used yet. */
export function noUsage(): Usage {
  return { nano: 0n, requests: 0, failedRequests: 0, promptTokens: 0, completionTokens: 0 };
}

/** LiteLLM's `metrics` of an activity (`SpendMetrics`, LiteLLM 1.108.10). */
export function usageIn(metrics: Json | undefined): Usage {
  const row = rowIn(metrics);
  const number = (name: string): number => (typeof row[name] === "number" ? row[name] : 0);
  return {
    nano: amountIn(number("spend")),
    requests: number("api_requests"),
    failedRequests: number("failed_requests"),
    promptTokens: number("prompt_tokens"),
    completionTokens: number("completion_tokens"),
  };
}

/** @throws GatewayError when no books can have so much: as a whole number of billionths it would be none at all */
function amountIn(dollars: number): bigint {
  if (Math.abs(dollars) < MOST_DOLLARS) return nanoDollars(dollars);
  throw new GatewayError("the gateway's books have an amount that no money is", NOT_LITELLM);
}

/** Adds `more` to `usage`, or takes it away. */
export function add(usage: Usage, more: Usage, sign: 1 | -1 = 1): void {
  usage.nano += BigInt(sign) * more.nano;
  usage.requests += sign * more.requests;
  usage.failedRequests += sign * more.failedRequests;
  usage.promptTokens += sign * more.promptTokens;
  usage.completionTokens += sign * more.completionTokens;
}

/** A usage as reports have it. */
export function shownUsage({ nano, ...counts }: Usage) {
  return { spend: shownNano(nano), ...counts };
}

/** An object in an answer; empty where there is none. */
export function rowIn(value: Json | undefined): Row {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Row) : {};
}
