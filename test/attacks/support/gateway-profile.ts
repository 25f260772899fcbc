import { RunningProxy } from "../../proxy/support/running-proxy";
import { send } from "./attempt";
import { CLAIM, readable } from "./closes";

/** A gateway that is not LiteLLM. */
export interface GatewayVector {
  /** Headers that carry the verified caller, with their values. */
  readonly identity: Readonly<Record<string, string>>;
  /** Headers of this gateway that a client must not set. */
  readonly headers: readonly string[];
  /** Members of the body with claims. @default user and metadata.user_id */
  readonly body?: Readonly<Record<string, unknown>>;
  /** What is left of them. @default nothing */
  readonly left?: Readonly<Record<string, unknown>>;
}

/** Describes a gateway's profile under attack: all claims at once, and the same request without any. */
export function closesGateway(profile: string, { identity, headers, body, left = {} }: GatewayVector): void {
  const claims = body ?? { user: CLAIM, metadata: { user_id: CLAIM } };
  const lines = headers.map((name) => `${name}: ${CLAIM}`);

  test.each([
    ["honest: a plain request", { body: {} }, profile === "openrouter" ? left : {}],
    ["without effect: every header and member at once", { headers: lines, body: claims }, left],
  ] as const)(`${profile}, %s`, async (_name, attempt, members) => {
    const running = await RunningProxy.start((_issuer, { url }) => ({ upstream: `{ profile: ${profile}, url: "${url}" }` }));
    const outcome = await send(running, attempt);
    expect(outcome.status).toBe(200);
    const { last } = running.gateway;
    expect(readable(last)).not.toContain(CLAIM);
    expect(last.headers).toMatchObject(Object.fromEntries(Object.entries(identity).map(([name, value]) => [name, [value]])));
    expect(JSON.parse(last.body)).toEqual({ model: "gpt-5", messages: [{ role: "user", content: "hi" }], ...members });
    await running.stop();
  });
}
