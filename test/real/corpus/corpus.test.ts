import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { lintFile, loadCatalogue } from "../../../core/litellm";
import { parseSource } from "../../../core/source";
import { type Availability, describeReal } from "../support/real-part";

/** What is to be found in files of public repositories, which are not shipped: by the SHA-256 of their bytes. */
interface Corpus {
  /** The day of the record: models retire. */
  readonly today: string;
  /** Versions of LiteLLM, in the order of the marks below. */
  readonly versions: readonly string[];
  /** By rule: what proves its findings. */
  readonly evidence: Readonly<Record<string, string>>;
  /** By file: what the loader of LiteLLM 1.108.10 says, and findings by place and rule, such as `12:3 rule`. */
  readonly files: Readonly<Record<string, { readonly loader?: string; readonly findings: Readonly<Record<string, Recorded>> }>>;
}

interface Recorded {
  readonly severity: string;
  /** A digit for each version: whether it has the finding, such as `101`. */
  readonly in: string;
  /** What confirms this one finding. */
  readonly proof: string;
}

const RECORD = join(__dirname, "..", "corpus.json");
const folder = process.env.CDKTF_LITELLM_CORPUS ?? "";
const corpus = JSON.parse(readFileSync(RECORD, "utf8")) as Corpus;

function availability(): Availability {
  if (folder === "") return { reason: "CDKTF_LITELLM_CORPUS names no folder of configuration files" };
  return existsSync(folder) ? { available: true } : { reason: "the folder that CDKTF_LITELLM_CORPUS names does not exist" };
}

/** `12:3 rule` of each finding in one version. */
function findingsOf(text: string, version: string): string[] {
  const catalogue = loadCatalogue(version);
  if (!catalogue) throw new Error(`there is no catalogue of ${version}`);
  const parsed = parseSource(text, "config.yaml");
  const findings = "root" in parsed ? lintFile(parsed.root, { catalogue, today: corpus.today }) : parsed.findings;
  return findings.map(({ place, rule }) => `${place?.line}:${place?.column} ${rule}`);
}

/** Findings with a digit for each version: whether it has them. */
function marked(text: string): Record<string, string> {
  const byVersion = corpus.versions.map((version) => new Set(findingsOf(text, version)));
  const all = [...new Set(byVersion.flatMap((found) => [...found]))].sort();
  return Object.fromEntries(all.map((finding) => [finding, byVersion.map((found) => (found.has(finding) ? "1" : "0")).join("")]));
}

const files = "available" in availability() ? readdirSync(folder).sort() : [];
const read = files.map((name) => {
  const bytes = readFileSync(join(folder, name));
  return { name, text: bytes.toString("utf8"), hash: createHash("sha256").update(bytes).digest("hex") };
});

describeReal("configuration files of public repositories", availability(), () => {
  test("are all written down", () => {
    expect(read.filter(({ hash }) => !(hash in corpus.files)).map(({ name }) => name)).toEqual([]);
    expect(read.length).toBeGreaterThan(0);
  });

  test.each(read)("$name has the findings that were checked, and no other", ({ hash, text }) => {
    const recorded = Object.entries(corpus.files[hash]?.findings ?? {}).map(([finding, { in: versions }]) => [finding, versions]);
    expect(marked(text)).toEqual(Object.fromEntries(recorded));
  });

  test("have findings of rules with evidence alone", () => {
    const rules = Object.values(corpus.files).flatMap(({ findings }) =>
      Object.keys(findings).map((finding) => finding.split(" ")[1] ?? ""),
    );
    expect([...new Set(rules)].filter((rule) => !(rule in corpus.evidence))).toEqual([]);
  });
});
