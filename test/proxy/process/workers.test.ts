import { rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname } from "node:path";
import { Gateway } from "../support/gateway";
import { Issuer } from "../support/issuer";
import { settingsFile } from "../support/settings";
import { bundle, fetched, freePorts, Program, until } from "./program";

// Several start and end here, on a machine that may be busy.
jest.setTimeout(20_000);

describe("several processes", () => {
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

  const text = (more = ""): string => `upstream: { profile: litellm, version: 1.108.10, url: "${gateway.url}" }
gatewayKeys: [{ key: { env: GATEWAY_KEY } }]
listeners: [{ name: api, address: 127.0.0.1, port: ${ports[0]}, identity: { oidc: { issuer: "${issuer.url}", audiences: [litellm] } } }]
policy: { groups: [{ group: engineering }] }
operations: { port: ${ports[1]} }
drainSeconds: 0.2
workers: 2
${more}`;
  const start = async (): Promise<{ file: string; running: Program }> => {
    const file = settingsFile(text());
    const running = new Program(main, file);
    program = running;
    await until(ports[1], "/readyz", 200);
    return { file, running };
  };
  const call = async (): Promise<number> => {
    const token = await issuer.token(Date.now());
    return (await fetched(ports[0], "/v1/models", { authorization: `Bearer ${token}` })).status;
  };

  it("goes on with the settings in force where all processes die while the file is bad", async () => {
    const { file, running } = await start();
    await running.answers(() => {
      writeFileSync(file, text("wrokers: 2\n"));
      running.process.kill("SIGHUP");
    }, /refused, the ones before stay in force/);
    for (const worker of running.workers()) process.kill(worker, "SIGKILL");
    await until(ports[1], "/readyz", 503);
    await until(ports[1], "/readyz", 200);
    expect(await call()).toBe(200);
    await running.answers(() => {
      writeFileSync(file, text().replace("group: engineering", "group: other"));
      running.process.kill("SIGHUP");
    }, /new settings in force/);
    expect([await call(), await call()]).toEqual([403, 403]);
    running.process.kill("SIGTERM");
    expect(await running.ended()).toBe(0);
  });

  it("ends with one line where a port is busy, however many processes find it so", async () => {
    const busy = createServer().listen(ports[0], "127.0.0.1");
    const running = new Program(main, settingsFile(text().replace("workers: 2", "workers: 4")));
    program = running;
    expect(await running.ended()).toBe(1);
    busy.close();
    const reason = `listener api cannot listen on 127.0.0.1 port ${ports[0]}: EADDRINUSE`;
    expect(running.said).toBe(`identity proxy: 4 workers\nidentity proxy: ${reason}\n`);
  });

  it("names a process that does not answer, and ends without it", async () => {
    const { running } = await start();
    const [mute = 0] = running.workers();
    process.kill(mute, "SIGSTOP");
    const { status, body } = await fetched(ports[1], "/readyz");
    expect([status, body]).toEqual([503, `1 of 2 workers answer\nworker ${mute} does not answer\n`]);
    running.process.kill("SIGTERM");
    expect(await running.ended()).toBe(0);
    expect(running.said).toContain(`worker ${mute} has not ended in time, it is killed\n`);
  });
});
