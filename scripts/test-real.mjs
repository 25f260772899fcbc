// Runs the tests with real parts: all of them, or those of the parts named (`npm run test:real -- local litellm`).
// A test that cannot run says why and is counted as skipped; skipping a part of test/real/required.json in CI is a failure.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const results = join(root, ".cache", "real-results.json");
const parts = process.argv.slice(2);

for (const part of parts) {
  if (existsSync(join(root, "test", "real", part))) continue;
  process.stderr.write(`error: there is no part ${part} under test/real\n`);
  process.exit(2);
}

mkdirSync(join(root, ".cache"), { recursive: true });
rmSync(results, { force: true });
const paths = parts.length === 0 ? ["test/real"] : parts.map((part) => `test/real/${part}/`);
const jest = join(root, "node_modules", "jest", "bin", "jest.js");
const args = [jest, ...paths, "--selectProjects", "real", "--runInBand", "--verbose", "--json", `--outputFile=${results}`];
spawnSync(process.execPath, args, { cwd: root, stdio: ["ignore", 2, 2] });
if (!existsSync(results)) {
  process.stderr.write("error: the tests with real parts did not run to their end\n");
  process.exit(1);
}

const report = JSON.parse(readFileSync(results, "utf8"));
const skips = report.testResults.flatMap((file) =>
  file.assertionResults
    .filter(({ status }) => status === "pending")
    .map(({ title }) => ({ part: partOf(file.name), reason: title })),
);
for (const { part, reason } of skips) console.log(`skipped  ${part}: ${reason}`);

const required = JSON.parse(readFileSync(join(root, "test", "real", "required.json"), "utf8"));
const missing = process.env.CI ? skips.filter(({ part }) => required.includes(part)) : [];
for (const part of new Set(missing.map((skip) => skip.part)))
  console.log(`failed   ${part}: CI must have what it needs (test/real/required.json)`);

const broken = report.numRuntimeErrorTestSuites;
const failed = report.numFailedTests + broken + missing.length;
console.log(`${report.numPassedTests} passed, ${failed} failed, ${skips.length - missing.length} skipped`);
process.exit(failed > 0 || report.numPassedTests === 0 ? 1 : 0);

function partOf(file) {
  return relative(join(root, "test", "real"), file).split(sep)[0];
}
