import { writeFileSync } from "node:fs";
import { Issuer } from "../support/issuer";
import { fetched, until } from "./program";
import { PROCESSES, ProgramStand } from "./program-stand";

jest.setTimeout(20_000);

describe.each(PROCESSES)("while the first keys are fetched, %s", (_what, workers) => {
  const stand = new ProgramStand();
  let slow: Issuer;
  let release: () => void;
  beforeEach(async () => {
    slow = await Issuer.start();
    release = slow.hold();
  });
  afterEach(async () => {
    release();
    await slow.stop();
  });
  const start = async () => {
    const text = stand.text(`drainSeconds: 0.2\nworkers: ${workers}\n`).replace(/issuer: "[^"]*"/, `issuer: "${slow.url}"`);
    const started = stand.start(text);
    while (slow.waiting < workers) await new Promise((resolve) => setImmediate(resolve));
    return { ...started, text };
  };

  it("hears that its settings have changed", async () => {
    const { file, running, text } = await start();
    writeFileSync(file, text.replace("group: engineering", "group: other"));
    running.process.kill("SIGHUP");
    await running.answers(release, /new settings in force/);
    const token = await slow.token(Date.now());
    expect((await fetched(stand.ports[0], "/v1/models", { authorization: `Bearer ${token}` })).status).toBe(403);
  });

  it("ends as it does at any time", async () => {
    const { running } = await start();
    await until(stand.ports[1], "/readyz", 503);
    await running.answers(() => running.process.kill("SIGTERM"), /ending/);
    release();
    expect(await running.ended()).toBe(0);
    expect(running.said).toMatch(/ended\n$/);
  });
});
