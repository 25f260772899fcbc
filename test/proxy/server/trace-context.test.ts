import { traceContext } from "../../../proxy/src/server/trace-context";

const GOOD = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

describe("a trace of the client", () => {
  it("goes on to LiteLLM with a session of the proxy's own, because LiteLLM would make one of it", () => {
    const headers = { traceparent: GOOD, tracestate: "a=b", baggage: "session.id=root" };
    expect(traceContext(headers, "request-1", true)).toEqual(["traceparent", GOOD, "x-litellm-session-id", "request-1"]);
  });

  it("goes on to others alone", () => {
    expect(traceContext({ traceparent: GOOD }, "request-1", false)).toEqual(["traceparent", GOOD]);
  });

  it.each([
    undefined,
    "",
    "x",
    GOOD.toUpperCase(),
    `${GOOD}-x`,
    GOOD.replace("00-", "ff-"),
    `00-${"0".repeat(32)}-b7ad6b7169203331-01`,
    `${GOOD}, ${GOOD}`,
  ])("that is %s goes nowhere", (traceparent) => {
    expect(traceContext(traceparent === undefined ? {} : { traceparent }, "request-1", true)).toEqual([]);
  });
});
