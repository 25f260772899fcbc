import { closes } from "./support/closes";

const TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

// LiteLLM makes a session of traceparent and of baggage, and hands the rest to collectors of traces (V-27).
closes("headers of traces", {
  passes: {
    "a request without one": {},
    "a traceparent, beside a session of the proxy's own": {
      headers: [`traceparent: ${TRACE}`],
      arrives: ({ headers }) => {
        expect(headers.traceparent).toEqual([TRACE]);
        expect(headers["x-litellm-session-id"]).toEqual([expect.stringMatching(/^request-\d+$/)]);
      },
    },
  },
  drops: {
    baggage: { headers: ["baggage: session.id=mallory", "tracestate: x=mallory"] },
    "who changed something": { headers: ["litellm-changed-by: mallory"] },
    "a traceparent with something in it": { headers: [`traceparent: ${TRACE}-mallory`] },
  },
});
