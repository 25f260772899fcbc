import { RunningProxy } from "../proxy/support/running-proxy";
import { send } from "./support/attempt";

// A service or a device that chooses its own name could take a person's (V-40).
describe("names of different kinds of callers", () => {
  const start = (prefix: string) =>
    RunningProxy.start(({ url }) => ({ identity: `{ ${prefix} oidc: { issuer: "${url}", audiences: [litellm] } }` }));

  test("cannot meet where a listener puts its own prefix before them", async () => {
    const [people, services] = [await start(""), await start('userPrefix: "svc:",')];
    await Promise.all([people, services].map((running) => send(running, { claims: { sub: "alice" } })));
    expect(people.gateway.last.headers["x-litellm-end-user-id"]).toEqual(["alice"]);
    expect(services.gateway.last.headers["x-litellm-end-user-id"]).toEqual(["svc:alice"]);
    await Promise.all([people.stop(), services.stop()]);
  });
});
