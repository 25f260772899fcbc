import { spawnSync } from "node:child_process";
import { join } from "node:path";

const root = join(__dirname, "..", "..", "..");
const cli = join(root, "dist", "tools", "cli");

function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
}

function setFor(version: string): string {
  const script = `require(${JSON.stringify(join(cli, "compile-less.js"))}).compileLess(${JSON.stringify(version)})`;
  return run("-e", script).stderr;
}

test("a command that ends soon sets flags that this Node knows, and nothing is said of them", () => {
  const { status, stderr } = run(join(cli, "main.js"), "check", "environments/local.yaml");
  expect(stderr).toBe("");
  expect(status).toBe(0);
});

test("a Node that nothing was measured with gets no flags", () => {
  const other = process.versions.node.startsWith("20.") ? "22.12.0" : "20.19.0";
  expect(setFor(other)).toContain("unrecognized flag");
  expect(setFor("24.0.0")).toBe("");
});
