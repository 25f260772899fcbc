/** W3C Trace Context, version 00. Anything else is not passed on. */
const TRACEPARENT = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/**
 * The client's trace, so that the gateway's spans join it. LiteLLM 1.108.10 also makes a session of it where nothing better is
 * there, so for LiteLLM a session of the proxy's own goes with it. `tracestate` and `baggage` hold free text and do not pass.
 *
 * @returns names and values in turn
 */
export function traceContext(
  { traceparent }: { readonly traceparent?: string | undefined },
  requestId: string,
  isLitellm: boolean,
): string[] {
  if (typeof traceparent !== "string" || !TRACEPARENT.test(traceparent)) return [];
  return ["traceparent", traceparent, ...(isLitellm ? ["x-litellm-session-id", requestId] : [])];
}
