import { serveMemory } from "../../support/memory-litellm/memory-http";
import { MemoryLitellm } from "../../support/memory-litellm/memory-litellm";
import { runCli } from "../../support/run-cli";
import { tempProject } from "../../support/temp-project";

const MASTER = "sk-canary-master-key-0123456789";
/** An AWS SDK that finds nothing of the machine that it runs on, and so says at once that it has no region. */
const NO_AWS = { AWS_CONFIG_FILE: "/nowhere", AWS_SHARED_CREDENTIALS_FILE: "/nowhere", AWS_EC2_METADATA_DISABLED: "true" };
const project = tempProject();
const before = { ...process.env };
let gateway: Awaited<ReturnType<typeof serveMemory>>;

beforeAll(async () => {
  for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) delete process.env[name];
  Object.assign(process.env, NO_AWS);
  const litellm = new MemoryLitellm(() => Date.UTC(2026, 10, 21), MASTER);
  gateway = await serveMemory(litellm);
  const mark = { owner: "prod", name: "ci", spec: "x", generation: 1, delivered: true, made: "2026-11-20T00:00:00.000Z" };
  litellm.handle("POST", "/key/generate", {
    key: "sk-value-of-the-test-0123456789",
    key_alias: "ci.g1",
    metadata: { "cdktf-litellm": { ...mark, metadata: [] } },
  });
  project.write(
    "environments/some.keys.yaml",
    `keys:
  ci: { owner: a, role: metrics, rotate: { every: 90d }, deliver: { awsSecretsManager: { name: ci } } }
`,
  );
  project.write(
    "environments/prod.yaml",
    `name: prod
target: local
litellm: { config: { model_list: [], general_settings: { master_key: os.environ/LITELLM_MASTER_KEY } } }
secrets: { LITELLM_MASTER_KEY: { env: MASTER } }
keys: { files: some.keys.yaml, url: "${gateway.url}" }
`,
  );
});
afterAll(async () => {
  for (const name of Object.keys(NO_AWS)) delete process.env[name];
  Object.assign(process.env, before);
  await gateway.close();
});

test("a plan that asked destinations says how to apply what it found: with the same question", async () => {
  const keys = (...more: string[]) => runCli(["keys", "plan", "environments/prod.yaml", ...more], project.folder, { MASTER });

  expect((await keys()).stdout).toMatch(/keys apply environments\/prod\.yaml\n$/);
  expect((await keys("--destinations")).stdout).toMatch(/keys apply --destinations environments\/prod\.yaml\n$/);
});

test.each([
  ["plan", /✗ key {6}ci +no AWS region for secret ci/],
  ["report", /undelivered +key ci +no AWS region for secret ci/],
])("%s asks a cloud what it holds when that is asked for, and not otherwise", async (verb, message) => {
  const keys = (...more: string[]) => runCli(["keys", verb, "environments/prod.yaml", ...more], project.folder, { MASTER });

  expect((await keys()).stdout).not.toContain("AWS region");
  expect((await keys("--destinations")).stdout).toMatch(message);
});
