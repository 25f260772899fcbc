import { writeFileSync } from "node:fs";
import { fetched, until } from "./program";
import { PROCESSES, ProgramStand } from "./program-stand";

jest.setTimeout(20_000);

describe.each(PROCESSES)("%s", (_what, workers) => {
  const stand = new ProgramStand();

  it("goes on where nobody reads standard error any more", async () => {
    const { file, running } = stand.start(stand.text(`workers: ${workers}\n`));
    await until(stand.ports[1], "/readyz", 200);
    running.process.stderr?.destroy();
    writeFileSync(file, "nothing of use: 1\n");
    running.process.kill("SIGHUP");
    while (!(await fetched(stand.ports[1], "/metrics")).body.includes('reloads_total{outcome="refused"} 1')) {
      if (running.process.exitCode !== null) throw new Error(`it ended with ${running.process.exitCode}`);
    }
    expect((await fetched(stand.ports[0], "/v1/models", await stand.caller())).status).toBe(200);
    running.process.kill("SIGTERM");
    expect(await running.ended()).toBe(0);
  });
});
