import type { Issuer } from "../../proxy/support/issuer";
import { type Attempt, CALLERS, CHANNELS, everything } from "./channels";
import { request } from "./requests";
import { ROUTES, type TriedRoute } from "./routes";

/** A request that was made, and who really made it. */
export interface Made {
  readonly route: string;
  readonly channel: string;
  /** The verified name: made for this request, so that its row can be found. */
  readonly user: string;
  readonly group: string;
  /** What the client claimed. */
  readonly mark: string;
  readonly status: number;
}

/** Requests at a time: LiteLLM has one process, and the machine may have two cores. */
const AT_ONCE = 6;

/**
 * Every route with every channel by the first caller, and with all channels at once by the others. The ports take turns, so that
 * every route and every channel meets each of them.
 *
 * @param run told apart from other runs by this text
 */
export async function makeAttempts(ports: readonly number[], issuer: Issuer, run: string): Promise<Made[]> {
  const tasks = ROUTES.flatMap((route, shift) =>
    plans(route).map((plan, index) => ({ ...plan, port: ports[(index + shift) % ports.length] ?? 0 })),
  ).map((plan, index) => ({
    ...plan,
    number: String(index).padStart(5, "0"),
  }));
  const made: Made[] = [];
  const waiting = [...tasks];
  const work = async (): Promise<void> => {
    for (let task = waiting.shift(); task; task = waiting.shift()) {
      const { route, caller, channel, claim, number, port } = task;
      const [user, mark] = [`${caller[0]}-${run}-${number}`, `spoof-${run}-${number}`];
      const token = await issuer.token(Date.now(), { sub: user, groups: [caller[1]] });
      const status = await request(port, route, token, claim(mark));
      made.push({ route: route.name, channel, user, group: caller[1], mark, status });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return made;
}

interface Plan {
  readonly route: TriedRoute;
  readonly caller: readonly [user: string, group: string];
  readonly channel: string;
  readonly claim: (mark: string) => Partial<Attempt>;
}

function plans(route: TriedRoute): Plan[] {
  const [first, ...others] = CALLERS;
  if (!first) return [];
  const channels = CHANNELS.filter(([channel]) => route.kind === "form" || channel !== "fields of forms");
  const nothing = { route, channel: "nothing", claim: () => ({}) };
  const single = channels.map(([channel, claim]) => ({ route, caller: first, channel, claim }));
  // A WebSocket has no body: for the others the identity would not fit into its headers.
  if (route.kind === "websocket")
    return [{ ...nothing, caller: first }, ...single.filter(({ channel }) => !channel.startsWith("body "))];
  const all = { route, channel: "everything at once", claim: everything };
  return [
    { ...nothing, caller: first },
    ...single,
    ...others.flatMap((caller) => [nothing, all].map((plan) => ({ ...plan, caller }))),
  ];
}
