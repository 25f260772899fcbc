import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { fetched, type Program, until } from "./program";
import { ProgramStand } from "./program-stand";

// Several start and end here, on a machine that may be busy.
jest.setTimeout(20_000);

describe("several processes", () => {
  const stand = new ProgramStand();
  const text = (more = ""): string => stand.text(`drainSeconds: 0.2\nworkers: 2\n${more}`);
  const start = async (): Promise<{ file: string; running: Program }> => {
    const started = stand.start(text());
    await until(stand.ports[1], "/readyz", 200);
    return started;
  };
  const call = async (): Promise<number> => (await fetched(stand.ports[0], "/v1/models", await stand.caller())).status;

  it("goes on with the settings in force where all processes die while the file is bad", async () => {
    const { file, running } = await start();
    await running.answers(() => {
      writeFileSync(file, text("wrokers: 2\n"));
      running.process.kill("SIGHUP");
    }, /refused, the ones before stay in force/);
    for (const worker of running.workers()) process.kill(worker, "SIGKILL");
    await until(stand.ports[1], "/readyz", 503);
    await until(stand.ports[1], "/readyz", 200);
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
    const busy = createServer().listen(stand.ports[0], "127.0.0.1");
    const { running } = stand.start(text().replace("workers: 2", "workers: 4"));
    expect(await running.ended()).toBe(1);
    busy.close();
    const reason = `listener api cannot listen on 127.0.0.1 port ${stand.ports[0]}: EADDRINUSE`;
    expect(running.said).toBe(`identity proxy: 4 workers\nidentity proxy: ${reason}\n`);
  });

  it("names a process that does not answer, and ends without it", async () => {
    const { running } = await start();
    const [mute = 0] = running.workers();
    process.kill(mute, "SIGSTOP");
    const { status, body } = await fetched(stand.ports[1], "/readyz");
    expect([status, body]).toEqual([503, `1 of 2 workers answer\nworker ${mute} does not answer\n`]);
    running.process.kill("SIGTERM");
    expect(await running.ended()).toBe(0);
    expect(running.said).toContain(`worker ${mute} has not ended in time, it is killed\n`);
  });
});
