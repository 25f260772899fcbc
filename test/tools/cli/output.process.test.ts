import { spawnSync } from "node:child_process";
import { existsSync, openSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..", "..", "..");
const cli = join(root, "dist", "tools", "cli", "main.js");
const FULL = "/dev/full";
const onFull = existsSync(FULL) ? test : test.skip;

onFull("a disk that is full is said in one line, and is a failure", () => {
  const { status, stderr } = spawnSync(process.execPath, [cli, "check", "environments/local.yaml"], {
    cwd: root,
    stdio: ["ignore", openSync(FULL, "w"), "pipe"],
    encoding: "utf8",
  });
  expect(stderr.split("\n")).toEqual([expect.stringMatching(/^error: cannot write the output: ENOSPC/), ""]);
  expect(status).toBe(1);
});
