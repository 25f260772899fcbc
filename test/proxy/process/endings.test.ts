import { once } from "node:events";
import { rmSync } from "node:fs";
import { createServer } from "node:net";
import { dirname } from "node:path";
import { Gateway } from "../support/gateway";
import { Issuer } from "../support/issuer";
import { settingsFile } from "../support/settings";
import { bundle, fetched, freePorts, Program, until } from "./program";

jest.setTimeout(20_000);

describe.each([
  ["one process", 1],
  ["two processes", 2],
])("what ends %s", (_what, workers) => {
  let main: string;
  let issuer: Issuer;
  let gateway: Gateway;
  let ports: [number, number];
  let program: Program | undefined;
  beforeAll(async () => {
    main = bundle();
    [issuer, gateway] = [await Issuer.start(), await Gateway.start()];
  });
  beforeEach(async () => {
    ports = await freePorts();
  });
  afterEach(() => program?.kill());
  afterAll(async () => {
    await Promise.all([issuer.stop(), gateway.stop()]);
    rmSync(dirname(main), { recursive: true });
  });

  const start = (): Program => {
    program = new Program(
      main,
      settingsFile(`upstream: { profile: litellm, version: 1.108.10, url: "${gateway.url}" }
gatewayKeys: [{ key: { env: GATEWAY_KEY } }]
listeners: [{ name: api, address: 127.0.0.1, port: ${ports[0]}, identity: { oidc: { issuer: "${issuer.url}", audiences: [litellm] } } }]
policy: { groups: [{ group: engineering }] }
operations: { port: ${ports[1]} }
workers: ${workers}
`),
    );
    return program;
  };

  it("nobody reads standard output any more", async () => {
    const running = start();
    await until(ports[1], "/readyz", 200);
    const before = running.said.length;
    running.process.stdout?.destroy();
    await fetched(ports[0], "/v1/models", { authorization: `Bearer ${await issuer.token(Date.now())}` });
    expect(await running.ended()).toBe(1);
    expect(running.said.slice(before)).toBe("identity proxy: audit lines can no longer be written: EPIPE\n");
  });

  it("the port of operations is busy", async () => {
    const busy = createServer().listen(ports[1], "127.0.0.1");
    await once(busy, "listening");
    const running = start();
    expect(await running.ended()).toBe(1);
    busy.close();
    expect(running.said).toBe(`identity proxy: operations cannot listen on 127.0.0.1 port ${ports[1]}: EADDRINUSE\n`);
  });
});
