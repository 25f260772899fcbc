// Writes down what the linter finds in files of public repositories, and what confirms each finding:
//   npm run corpus -- FOLDER
// The files are not shipped; test/real/corpus.json knows them by their SHA-256. A finding that nothing confirms is printed,
// and nothing is written. Needs Python 3 with PyYAML, and the registry that LiteLLM's wheels come from.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { table } from "./table.cjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const RECORD = join(root, "test", "real", "corpus.json");
const TABLE = join(root, "docs", "lint-corpus.md");
const cache = join(root, ".cache", "corpus");
const folder = process.argv[2];
if (!folder) {
  process.stderr.write("usage: npm run corpus -- FOLDER\n");
  process.exit(2);
}

const before = JSON.parse(readFileSync(RECORD, "utf8"));
const today = new Date().toISOString().slice(0, 10);
const files = readdirSync(folder).sort();
mkdirSync(cache, { recursive: true });
const reports = before.versions.map((version) => lint(version));
const proofs = confirm(reports.map(({ file }) => file));

const digests = new Map(files.map((name) => [name, sha256(readFileSync(join(folder, name)))]));
const recorded = [...new Set(digests.values())].sort().map((digest) => {
  const { loader } = before.files[digest] ?? {};
  return [digest, { ...(loader && { loader }), findings: findingsOf(digest) }];
});
const record = { today, versions: before.versions, evidence: before.evidence, files: Object.fromEntries(recorded) };
writeFileSync(RECORD, `${JSON.stringify(record, null, 1)}\n`);
writeFileSync(TABLE, table(record));
process.stdout.write(table(record));

/** What `lint` says of all files for one version. */
function lint(version) {
  const paths = files.map((name) => join(folder, name));
  const args = [
    join(root, "dist", "tools", "cli", "main.js"),
    "lint",
    ...paths,
    "--litellm-version",
    version,
    "--format",
    "json",
  ];
  const { stdout } = spawnSync(process.execPath, args, { encoding: "utf8", maxBuffer: 1 << 28 });
  const file = join(cache, `${version}.json`);
  writeFileSync(file, stdout);
  return { version, file, findings: JSON.parse(stdout).findings.filter(({ place }) => place) };
}

function confirm(paths) {
  const args = [join(root, "scripts", "corpus", "prove.py"), folder, cache, today, ...paths];
  const { status, stdout } = spawnSync("python3", args, {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) {
    process.stderr.write(
      "error: these findings are not confirmed; mend the rule, or the witness in scripts/corpus/witnesses.py\n",
    );
    process.exit(1);
  }
  return JSON.parse(stdout);
}

/** By `line:column rule`: severity, a digit for each version that has the finding, and what confirms it. */
function findingsOf(digest) {
  const found = {};
  for (const [index, { findings }] of reports.entries()) {
    for (const { place, rule, severity } of findings) {
      if (digests.get(basename(place.file)) !== digest) continue;
      const key = `${place.line}:${place.column} ${rule}`;
      found[key] ??= { severity, in: "0".repeat(reports.length), proof: proofs[digest][key] };
      found[key].in = `${found[key].in.slice(0, index)}1${found[key].in.slice(index + 1)}`;
    }
  }
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function sha256(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}
