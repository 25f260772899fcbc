import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "esbuild";

const root = join(__dirname, "..", "..", "..");

function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
}

/** What a Node of its own says where another version's flags are set. */
function setFor(version: string): string {
  const source = readFileSync(join(root, "tools", "cli", "compile-less.ts"), "utf8");
  const { code } = transformSync(source, { loader: "ts", format: "cjs" });
  return run("-e", `${code}\nmodule.exports.compileLess(${JSON.stringify(version)})`).stderr;
}

test("a command that ends soon sets flags that this Node knows, and nothing is said of them", () => {
  const { status, stderr } = run("dist/tools/cli/main.js", "check", "environments/local.yaml");
  expect(stderr).toBe("");
  expect(status).toBe(0);
});

test("a Node that nothing was measured with gets no flags", () => {
  const other = process.versions.node.startsWith("20.") ? "22.12.0" : "20.19.0";
  expect(setFor(other)).toContain("unrecognized flag");
  expect(setFor("24.0.0")).toBe("");
});
