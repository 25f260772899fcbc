import { RunningProxy } from "../proxy/support/running-proxy";
import { send } from "./support/attempt";

const AT_ONCE = 60;

// A budget of memory that is used up must not let requests pass unread (V-52).
test("sixty requests at once are all cleaned and all attributed to who sent them", async () => {
  const running = await RunningProxy.start({ more: "limits: { uploads: 100 }" });
  const waiting: (() => void)[] = [];
  running.gateway.answer = (_request, response) => {
    waiting.push(() => response.writeHead(200).end("{}"));
    if (waiting.length === AT_ONCE) for (const answer of waiting) answer();
  };
  const callers = Array.from({ length: AT_ONCE }, (_, index) => `caller-${index}`);
  const padding = "x".repeat(100_000);
  const outcomes = await Promise.all(
    callers.map((sub) => send(running, { claims: { sub }, body: { messages: [sub, padding], user: "mallory" } })),
  );
  expect(outcomes.map(({ status }) => status)).toEqual(callers.map(() => 200));
  const seen = running.gateway.requests.map(({ headers, body }) => [headers["x-litellm-end-user-id"], JSON.parse(body)]);
  for (const [users, body] of seen) {
    expect(users).toEqual([body.messages[0]]);
    expect(body).not.toHaveProperty("user");
  }
  await running.stop();
});
