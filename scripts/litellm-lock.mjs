// Writes the locks of the Python packages that the local target installs: node scripts/litellm-lock.mjs [version...]
// Needs `uv` on the PATH. Universal: one lock holds for all platforms and Pythons, with the hashes of all files.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Installs the packages of a lock, itself installed from a lock by pip. */
const UV_VERSION = "0.13.8";

/**
 * What LiteLLM's own metadata asks for and cannot be had, by version: these companions move on, and some were withdrawn.
 * `prisma` and `prometheus_client` are imported by the proxy but are not in its `proxy` extra, and Vertex AI cannot be asked
 * without `google-auth`.
 */
const LITELLM = {
  "1.108.10": {
    requirements: ["litellm[proxy]==1.108.10", "prisma==0.15.0", "prometheus_client", "google-auth[requests]"],
    overrides: ["certifi<=2026.10.18", "litellm-enterprise==0.1.79.post1"],
  },
};

/** The oldest Python that LiteLLM runs on; the newest is in its metadata. */
const OLDEST_PYTHON = "3.10";

const locks = join(import.meta.dirname, "..", "tools", "local", "python", "locks");

function compile(name, { requirements, overrides }) {
  const work = mkdtempSync(join(tmpdir(), "litellm-lock-"));
  const file = join(locks, `${name}.txt`);
  writeFileSync(join(work, "in.txt"), `${requirements.join("\n")}\n`);
  writeFileSync(join(work, "overrides.txt"), `${overrides.join("\n")}\n`);
  const options = ["--universal", "--generate-hashes", "--python-version", OLDEST_PYTHON, "--upgrade"];
  const plain = ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"];
  try {
    const files = ["--override", join(work, "overrides.txt"), "--output-file", file, join(work, "in.txt")];
    execFileSync("uv", ["pip", "compile", ...options, ...plain, ...files], {
      env: { ...process.env, UV_PYTHON_DOWNLOADS: "never" },
      stdio: ["ignore", "ignore", "inherit"],
    });
  } finally {
    rmSync(work, { recursive: true });
  }
  process.stderr.write(`${file}\n`);
}

const wanted = process.argv.slice(2);
for (const version of wanted.length > 0 ? wanted : Object.keys(LITELLM)) compile(`requirements-${version}`, LITELLM[version]);
if (wanted.length === 0) compile("uv", { requirements: [`uv==${UV_VERSION}`], overrides: [] });
