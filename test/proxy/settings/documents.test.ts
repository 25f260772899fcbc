import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv/dist/2020";
import { parse } from "yaml";
import { knownVersions, loadCatalogue } from "../../../core/litellm";
import { GATEWAYS, gatewayProfile } from "../../../proxy/src/profiles/gateways";
import { loadSettings, PROFILES } from "../../../proxy/src/settings";
import { upstreamSchema } from "../../../proxy/src/settings/upstream-schema";
import { verdictOf } from "../../../scripts/proxy-reference/channels-page";
import { proxyDocuments } from "../../../scripts/proxy-reference/documents";
import { settingsFile } from "../support/settings";

const ROOT = join(__dirname, "../../..");
const README = readFileSync(join(ROOT, "proxy/README.md"), "utf8");

/** What the reader puts in where the README shows a hash: one that stood there would be the hash of a key that somebody knows. */
const PLACEHOLDER = '"<64 digits that --hash-key prints>"';
const HASH = createHash("sha256").update(randomBytes(32)).digest("hex");

/** The settings files in the README, as they stand there. */
const WRITTEN = [...README.matchAll(/```yaml\n([\s\S]*?)```/g)]
  .map(([, text = ""]) => text)
  .filter((text) => text.includes("upstream:"));
/** The same, filled in. */
const EXAMPLES = WRITTEN.map((text) => text.replaceAll(PLACEHOLDER, HASH));

it.each(proxyDocuments())("$file says what the code says; if not: npm run proxy:reference", ({ file, text }) => {
  expect(readFileSync(join(ROOT, file), "utf8")).toBe(text);
});

it("the JSON Schema accepts every settings file of the README, and refuses a misspelt one", () => {
  const [document] = proxyDocuments();
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(JSON.parse(document?.text ?? ""));
  expect(EXAMPLES.length).toBeGreaterThan(3);
  for (const text of EXAMPLES) expect([validate(parse(text)), validate.errors]).toEqual([true, null]);
  expect(validate({ ...parse(EXAMPLES[0] ?? ""), wrokers: 1 })).toBe(false);
});

it("no service key of the README is one that a reader could keep by accident", () => {
  expect(README).not.toMatch(/[0-9a-f]{64}/);
  const [unfilled, ...others] = WRITTEN.filter((text) => text.includes("serviceKeys"));
  expect(others).toEqual([]);
  const { findings } = loadSettings(settingsFile(unfilled ?? ""), {});
  const form = findings.filter(({ rule }) => rule === "proxy-invalid-setting");
  expect(form).toMatchObject([{ path: expect.stringMatching(/\.keys\[0\]\.sha256$/) }]);
});

it("every settings file of the README passes the check", () => {
  const certificate = join(ROOT, "test/fixtures/proxy/");
  for (const text of EXAMPLES) {
    const local = text
      .replaceAll("/etc/identity-proxy/tls.crt", `${certificate}server.pem`)
      .replaceAll("/etc/identity-proxy/tls.key", `${certificate}server.key`)
      .replaceAll("/etc/identity-proxy/clients.pem", `${certificate}ca.pem`);
    const { findings } = loadSettings(settingsFile(local), { LITELLM_KEY: "sk-1", LITELLM_KEY_RESEARCH: "sk-2" });
    expect(findings).toEqual([]);
  }
});

it("of the headers that LiteLLM reads only those of the providers' own APIs pass", () => {
  const read = new Set(knownVersions().flatMap((version) => [...(loadCatalogue(version)?.headers.keys() ?? [])]));
  const passing = [...read].filter((name) => verdictOf(name).startsWith("passes"));
  expect(passing.sort()).toEqual(["anthropic-beta", "anthropic-version", "openai-beta", "traceparent"]);
});

it("the README names every profile", () => {
  for (const profile of PROFILES) expect(README).toContain(`\`${profile}\``);
});

it("the README says at its beginning what is removed from a body for gateways other than LiteLLM", () => {
  const [beginning = ""] = README.split("```");
  for (const profile of Object.keys(GATEWAYS) as (keyof typeof GATEWAYS)[]) {
    const { members, routes } = gatewayProfile({ ...upstreamSchema.parse({ profile, url: "http://gateway" }), profile });
    const found = routes.find("POST", "/v1/chat/completions");
    if (typeof found === "string") throw new Error(found);
    for (const path of members(found.route).remove) expect(beginning).toContain(`\`${path.join(".")}\``);
  }
});
