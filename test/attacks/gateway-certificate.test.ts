import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { RunningProxy } from "../proxy/support/running-proxy";
import { send } from "./support/attempt";

const file = (name: string): string => join(__dirname, "..", "fixtures", "proxy", name);
const CA = `caFile: ${file("ca.pem")}`;

// Whoever stands between the proxy and the gateway would get its key, and everybody's prompts.
describe("TLS to the gateway", () => {
  const seen: (string | undefined)[] = [];
  let server: Server;

  beforeAll(async () => {
    const [key, cert] = ["server.key", "server.pem"].map((name) => readFileSync(file(name)));
    server = createServer({ key, cert }, ({ headers }, response) => {
      seen.push(headers["x-litellm-end-user-id"]?.toString());
      response.end("{}");
    });
    await new Promise<void>((resolve) => server.listen(0, resolve));
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    seen.length = 0;
  });

  async function through(host: string, more: string) {
    const { port } = server.address() as AddressInfo;
    const upstream = `{ profile: litellm, version: 1.108.10, url: "https://${host}:${port}", ${more} }`;
    const running = await RunningProxy.start({ upstream });
    const { status, reason } = await send(running, {});
    await running.stop();
    return [status, reason, [...seen]];
  }

  test.each(["localhost", "127.0.0.1"])("honest: a gateway that proves to be %s is asked", async (host) => {
    expect(await through(host, CA)).toEqual([200, undefined, ["alice"]]);
  });

  test("one that an unknown authority vouches for is told nothing", async () => {
    expect(await through("localhost", "")).toEqual([502, "upstream_unreachable", []]);
  });

  test("one with a certificate for another name is told nothing", async () => {
    expect(await through("127.0.0.2", CA)).toEqual([502, "upstream_unreachable", []]);
  });
});
