import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { holders, tryClaim } from "../../../../tools/local/supervisor/claim";
import { temporaryProject } from "./fake-part";

const { folders, remove } = temporaryProject();
afterAll(remove);

describe("tryClaim", () => {
  it("gives a folder to one at a time, also within one process", () => {
    const folder = join(folders.run, "one");
    const first = tryClaim(folder);
    expect(tryClaim(folder)).toEqual({ holder: expect.objectContaining({ pid: process.pid }) });
    if ("release" in first) first.release();
    expect(tryClaim(folder)).toHaveProperty("release");
  });

  it("takes over from a process that has ended, and from one whose pid another process has now", () => {
    const folder = join(folders.run, "two");
    mkdirSync(folder);
    const { pid } = spawnSync("true");
    writeFileSync(join(folder, `${pid}.1-0.a`), "");
    writeFileSync(join(folder, `${process.pid}.1-0.b`), "");
    expect(tryClaim(folder)).toHaveProperty("release");
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it("tells when its folder was deleted", () => {
    const folder = join(folders.run, "three");
    const claim = tryClaim(folder);
    expect("isHeld" in claim && claim.isHeld()).toBe(true);
    expect(holders(folder)).toHaveLength(1);
    if ("release" in claim) claim.release();
    expect("isHeld" in claim && claim.isHeld()).toBe(false);
  });
});
