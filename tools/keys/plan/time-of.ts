import type { Json } from "../../../core/keys";

/** A time that LiteLLM wrote, in milliseconds since 1970; some are without a zone and mean UTC. Anything else is NaN. */
export function timeOf(text: Json | undefined): number {
  if (typeof text !== "string" || text === "") return Number.NaN;
  return Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
}
