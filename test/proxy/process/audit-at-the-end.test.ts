import { fetched, until } from "./program";
import { PROCESSES, ProgramStand } from "./program-stand";

jest.setTimeout(30_000);

const AT_ONCE = 30;
const REQUESTS = 1500;

describe.each(PROCESSES)("audit lines of %s", (_what, workers) => {
  const stand = new ProgramStand();

  it("are all whole, and all there, where their reader falls behind until the end", async () => {
    const { running } = stand.start(stand.text(`workers: ${workers}\n`));
    await until(stand.ports[1], "/readyz", 200);
    const caller = await stand.caller();
    // Nobody reads while these are made: what they write is more than a pipe holds.
    for (let done = 0; done < REQUESTS; done += AT_ONCE) {
      const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => fetched(stand.ports[0], "/v1/models", caller)));
      expect(answers.every(({ status }) => status === 200)).toBe(true);
    }
    await running.answers(() => running.process.kill("SIGTERM"), /ending/);
    await until(stand.ports[0], "/", 0);
    let text = "";
    running.process.stdout?.setEncoding("utf8").on("data", (some: string) => {
      text += some;
    });
    expect(await running.ended()).toBe(0);
    const ids = text
      .trimEnd()
      .split("\n")
      .map((line) => (JSON.parse(line) as { request_id: string }).request_id);
    expect(new Set(ids).size).toBe(REQUESTS);
    expect(ids).toHaveLength(REQUESTS);
  });
});
