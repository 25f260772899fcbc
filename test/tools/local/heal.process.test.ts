import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { identify } from "../../../tools/local/supervisor/process-identity";
import { writeHeartbeat } from "../../../tools/local/supervisor/supervisor-files";
import { litellmPid, localTarget } from "./local-target";
import { allMarked } from "./marked";
import { eventually } from "./supervisor/fake-part";

jest.setTimeout(30_000);

const target = localTarget();
const { folders } = target;

describe("a killed process", () => {
  it("survives kill -9 of the supervisor without a restart of LiteLLM", async () => {
    const first = await target.up();
    process.kill(first.supervisor.pid ?? 0, "SIGKILL");
    await eventually(async () => (await target.look()).supervisor.state === "dead", "the status notices");
    expect(await target.look()).toMatchObject({ ok: false, parts: [{ state: "running", pid: litellmPid(first) }] });
    const second = await target.up();
    expect(second).toMatchObject({ ok: true, parts: [{ pid: litellmPid(first) }] });
    expect(second.supervisor.pid).not.toBe(first.supervisor.pid);
  });

  it("counts a supervisor that does nothing any more as dead, and replaces it without a restart of LiteLLM", async () => {
    const first = await target.up();
    const pid = first.supervisor.pid ?? 0;
    process.kill(pid, "SIGSTOP");
    const record = join(folders.run, "supervisor.json");
    writeFileSync(record, JSON.stringify({ ...JSON.parse(readFileSync(record, "utf8")), startedAt: 0 }));
    writeHeartbeat(folders.run, Date.now() - 31_000);
    expect((await target.look()).supervisor).toMatchObject({ state: "dead" });
    const second = await target.up();
    expect(second).toMatchObject({ ok: true, parts: [{ pid: litellmPid(first) }] });
    expect(second.supervisor.pid).not.toBe(pid);
    expect(identify(pid)).toBeUndefined();
  });

  it("starts LiteLLM again after kill -9, with nothing left of the old one", async () => {
    const first = await target.up();
    process.kill(litellmPid(first) ?? 0, "SIGKILL");
    await eventually(async () => (await target.look()).parts[0]?.restarts === 1 && (await target.look()).ok, "it runs again");
    expect((await target.look()).parts[0]).toMatchObject({ lastExit: { reason: "killed by SIGKILL" } });
    expect(allMarked(folders.root).filter((command) => command.startsWith("sleep"))).toHaveLength(1);
  });

  it("says that LiteLLM is lost when it and the supervisor are gone", async () => {
    const first = await target.up();
    process.kill(first.supervisor.pid ?? 0, "SIGKILL");
    process.kill(litellmPid(first) ?? 0, "SIGKILL");
    await eventually(async () => (await target.look()).parts[0]?.state === "lost", "the status notices");
    expect((await target.up()).ok).toBe(true);
  });
});
