import type { Recorded } from "../../proxy/support/gateway";
import { type Parts, RunningProxy } from "../../proxy/support/running-proxy";
import { GATEWAY_KEY } from "../../proxy/support/settings";
import { type Attempt, type Outcome, send } from "./attempt";

/** Who every attacker wants to be. It must be found nowhere in what the gateway gets. */
export const CLAIM = "mallory";

/** A way past the proxy, and the honest requests beside it. */
export interface Vector {
  /** What the settings say, beside the test's own. */
  readonly settings?: Parts;
  /** Honest requests that look alike: they arrive, with the verified identity and what else is expected of them. */
  readonly passes: Readonly<Record<string, Attempt & { readonly arrives?: Arrival }>>;
  /** Attempts that arrive without their claim, once and with the verified identity. */
  readonly drops?: Readonly<Record<string, Attempt & { readonly arrives?: Arrival }>>;
  /** Attempts of which nothing arrives, with the reason that the client is told; or the status, where Node's parser refuses. */
  readonly refuses?: Readonly<Record<string, readonly [Attempt, string | number]>>;
}

/** What else must be true of the request at the gateway. */
export type Arrival = (request: Recorded, outcome: Outcome) => void;

/** Describes a vector: the gateway never sees the claim, and honest requests beside it still work. */
export function closes(title: string, { settings = {}, passes, drops = {}, refuses = {} }: Vector): void {
  describe(title, () => {
    let running: RunningProxy;
    beforeAll(async () => {
      running = await RunningProxy.start(settings);
    });
    afterAll(() => running.stop());
    beforeEach(() => {
      running.gateway.requests.length = 0;
    });

    test.each(Object.entries(passes))("honest: %s", async (_name, attempt) => {
      const outcome = await send(running, attempt);
      expect([outcome.status, outcome.reason]).toEqual([200, undefined]);
      expectVerified(running.gateway.requests);
      attempt.arrives?.(running.gateway.last, outcome);
    });

    for (const [name, attempt] of Object.entries(drops)) {
      test(`without effect: ${name}`, async () => {
        const outcome = await send(running, attempt);
        expect([outcome.status, outcome.reason]).toEqual([200, undefined]);
        expectVerified(running.gateway.requests);
        expect(readable(running.gateway.last)).not.toContain(CLAIM);
        attempt.arrives?.(running.gateway.last, outcome);
      });
    }

    for (const [name, [attempt, reason]] of Object.entries(refuses)) {
      test(`refused: ${name}`, async () => {
        const outcome = await send(running, attempt);
        expect(running.gateway.requests).toEqual([]);
        expect(typeof reason === "number" ? outcome.status : outcome.reason).toBe(reason);
      });
    }
  });
}

/** One request, with alice's identity where LiteLLM reads it, each header once, and no key but the proxy's. */
export function expectVerified(requests: readonly Recorded[]): void {
  expect(requests).toHaveLength(1);
  const [{ headers } = { headers: {} as Recorded["headers"] }] = requests;
  expect(headers["x-litellm-end-user-id"]).toEqual(["alice"]);
  expect(headers["x-litellm-tags"]).toEqual(["engineering"]);
  expect(headers.authorization).toEqual([`Bearer ${GATEWAY_KEY}`]);
}

/** All of a request as somebody may read it: as it is, with escapes of JSON resolved, and with percent forms resolved. */
export function readable({ url, headers, body }: Recorded): string {
  const text = `${url}\n${JSON.stringify(headers)}\n${body}`;
  return [text, unescaped(text), percentDecoded(text)].join("\n").toLowerCase();
}

function unescaped(text: string): string {
  return text.replace(/\\u([0-9a-fA-F]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

function percentDecoded(text: string): string {
  return text.replace(/%([0-9a-fA-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
