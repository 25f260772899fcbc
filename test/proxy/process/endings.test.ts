import { once } from "node:events";
import { createServer } from "node:net";
import { fetched, type Program, until } from "./program";
import { PROCESSES, ProgramStand } from "./program-stand";

jest.setTimeout(20_000);

describe.each(PROCESSES)("what ends %s", (_what, workers) => {
  const stand = new ProgramStand();
  const start = (): Program => stand.start(stand.text(`workers: ${workers}\n`)).running;

  it("nobody reads standard output any more", async () => {
    const running = start();
    await until(stand.ports[1], "/readyz", 200);
    const before = running.said.length;
    running.process.stdout?.destroy();
    await fetched(stand.ports[0], "/v1/models", await stand.caller());
    expect(await running.ended()).toBe(1);
    expect(running.said.slice(before)).toBe("identity proxy: audit lines can no longer be written: EPIPE\n");
  });

  it("the port of operations is busy", async () => {
    const busy = createServer().listen(stand.ports[1], "127.0.0.1");
    await once(busy, "listening");
    const running = start();
    expect(await running.ended()).toBe(1);
    busy.close();
    expect(running.said).toBe(`identity proxy: operations cannot listen on 127.0.0.1 port ${stand.ports[1]}: EADDRINUSE\n`);
  });
});
