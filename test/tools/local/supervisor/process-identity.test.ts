import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { groupMembers } from "../../../../tools/local/supervisor/process-group";
import {
  identify,
  isRunning,
  ownIdentity,
  processEntry,
  psEntries,
  startField,
} from "../../../../tools/local/supervisor/process-identity";
import { eventually } from "./fake-part";

describe("process identity", () => {
  it("is the same each time it is asked", () => {
    expect(identify(process.pid)).toEqual(ownIdentity());
    expect(isRunning(ownIdentity())).toBe(true);
  });

  it("tells a process from an earlier one with the same pid", () => {
    expect(isRunning({ pid: process.pid, started: "1-0" })).toBe(false);
  });

  it("has the start time that Linux writes into field 22", () => {
    if (process.platform !== "linux") return;
    const fields = readFileSync("/proc/self/stat", "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    expect(startField(ownIdentity())).toBe(fields[19]);
  });

  it("counts a zombie as ended", async () => {
    const script = "(exit 0) & exec sleep 1000";
    const child = spawn("/bin/sh", ["-c", script], { detached: true, stdio: "ignore" });
    const pid = child.pid ?? 0;
    await eventually(() => processTable().some(({ parent, zombie }) => parent === pid && zombie), "there is a zombie");
    const zombie = processTable().find(({ parent }) => parent === pid);
    expect(identify(zombie?.pid ?? 0)).toBeUndefined();
    expect(groupMembers({ pid, started: processEntry(pid)?.started ?? "" }).map((member) => member.pid)).toEqual([pid]);
    process.kill(-pid, "SIGKILL");
    await once(child, "exit");
  });
});

function processTable() {
  return psEntries(["-A"]);
}
