import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { runCli } from "../../support/run-cli";
import { tempProject } from "../../support/temp-project";

const root = join(__dirname, "..", "..", "..");
const project = tempProject();
const lint = (...argv: string[]) => runCli(["lint", ...argv], project.folder);

const KEY = "sk-proj-Zk3v9QwLr7TnB2xYd8MfHc5GpJs0";
const BAD = `model_list:
  - model_name: gpt
    litellm_params:
      model: openai/gpt-4o
      api_key: ${KEY}
    model_info: { id: gpt-1 }
router_settings:
  enable_pre_call_check: true
  request_timeout: 600
  fallbacks:
    - gpt: [claude]
litellm_settings:
  database_url: os.environ/DATABASE_URL
  max_budget: 100
  budget_duration: 30days
`;
const GOOD = `model_list:
  - model_name: gpt
    litellm_params: { model: openai/gpt-4o, api_key: os.environ/OPENAI_API_KEY }
    model_info: { id: gpt-1 }
`;
const waived = (comment: string): string => `general_settings:\n  # ${comment}\n  allow_requests_on_db_unavailable: true\n`;

beforeAll(() => {
  project.write("bad.yaml", BAD);
  project.write("good.yaml", GOOD);
  project.write("broken.yaml", "a: [\n");
  project.write("latest.yaml", "litellm_settings: { http2: true }\n");
});

test("six mistakes are six findings, each with line, column and repair, and the key's value is printed nowhere", async () => {
  const { code, stdout, stderr } = await lint("bad.yaml");

  expect(code).toBe(1);
  expect(stdout).toMatchInlineSnapshot(`
"bad.yaml:5:16  model_list[0].litellm_params.api_key
  error   a credential is written here in clear  [credential-literal]
          write os.environ/OPENAI_API_KEY, and have this key replaced: it is known to whoever read the file

bad.yaml:8:3  router_settings.enable_pre_call_check
  error   unknown name  [unknown-setting]
          did you mean enable_pre_call_checks?

bad.yaml:9:3  router_settings.request_timeout
  error   unknown name in router_settings  [unknown-setting]
          it belongs under litellm_settings; here it is called timeout

bad.yaml:11:13  router_settings.fallbacks[0].gpt[0]
  error   no model group is called claude, so this fallback fails when it is needed  [fallback-undefined]
          add a deployment with model_name: claude, or name another group

bad.yaml:13:3  litellm_settings.database_url
  error   unknown name in litellm_settings  [unknown-setting]
          it belongs under general_settings

bad.yaml:15:20  litellm_settings.budget_duration
  error   this budget is reset at every midnight, got "30days"  [duration-suffix]
          write 30d

6 errors in 1 file (LiteLLM 1.108.10, 0.00 s)
"
`);
  expect(stderr).toBe("");
});

test.each(["text", "compact", "json", "sarif", "junit", "md"])("%s tells all six, and not the key", async (format) => {
  const { code, stdout } = await lint("bad.yaml", "--format", format);

  expect(code).toBe(1);
  for (const rule of ["credential-literal", "unknown-setting", "fallback-undefined", "duration-suffix"])
    expect(stdout).toContain(rule);
  expect(stdout).not.toContain(KEY.slice(8));
});

test("JSON fits the schema that is published for it", async () => {
  const schema = JSON.parse(readFileSync(join(root, "docs/reference/findings.schema.json"), "utf8"));
  const validate = addFormats(new Ajv({ strict: true })).compile(schema);
  const { stdout } = await lint("bad.yaml", "good.yaml", "--format", "json");

  expect(validate(JSON.parse(stdout))).toBe(true);
  expect(JSON.parse(stdout)).toMatchObject({ files: ["bad.yaml", "good.yaml"], counts: { errors: 6, warnings: 0 } });
});

test.each([
  [["good.yaml"], 0],
  [["bad.yaml", "good.yaml"], 1],
  [["broken.yaml"], 2],
  [["missing.yaml"], 2],
  [["latest.yaml", "--litellm-version", "1.84.10"], 1],
  [["latest.yaml"], 0],
])("%j ends with %d", async (argv, expected) => {
  expect((await lint(...argv)).code).toBe(expected);
});

describe("the LiteLLM version", () => {
  test.each(["1.82.7", "1.82.8", "1.107.0"])("%s is refused: it holds malicious code", async (version) => {
    const { code, stderr } = await lint("good.yaml", "--litellm-version", version);
    expect(code).toBe(2);
    expect(stderr).toContain(`LiteLLM ${version} must not run`);
  });

  test("with known weaknesses is checked, and they are told", async () => {
    const { code, stderr } = await lint("good.yaml", "--litellm-version", "1.83.14");
    expect(code).toBe(0);
    expect(stderr).toBe("LiteLLM 1.83.14 is open to CVE-2026-49468; use 1.84.3 or later\n");
  });

  test("of the same line or newer than all is checked against the nearest, and that is told", async () => {
    expect((await lint("good.yaml", "--litellm-version", "1.108.3")).stderr).toContain("checked against 1.108.10");
    expect((await lint("good.yaml", "--litellm-version", "1.200.0")).stderr).toContain("checked against 1.109.1");
  });

  test.each(["1.70.0", "latest"])("%s is not known", async (version) => {
    const { code, stderr } = await lint("good.yaml", "--litellm-version", version);
    expect(code).toBe(2);
    expect(stderr).toContain(`error: there is no catalogue of LiteLLM "${version}"`);
  });
});

test("what the gateway has decides what is missing", async () => {
  project.write("cache.yaml", "litellm_settings: { cache: true }\n");

  expect((await lint("cache.yaml")).code).toBe(0);
  expect((await lint("cache.yaml", "--variable", "OTHER")).code).toBe(1);
  expect((await lint("cache.yaml", "--variable", "REDIS_HOST")).stdout).toContain("no problems");
});

test("a parameter is meant for the provider where it is named", async () => {
  project.write("own.yaml", GOOD.replace("api_key:", "raw_scores: true, api_key:"));

  expect((await lint("own.yaml", "--fail-on", "note")).code).toBe(1);
  expect((await lint("own.yaml", "--fail-on", "note", "--provider-parameter", "raw_scores")).code).toBe(0);
});

test("debug logging is an error in production", async () => {
  project.write("debug.yaml", "litellm_settings: { set_verbose: true }\n");

  expect((await lint("debug.yaml")).code).toBe(0);
  expect((await lint("debug.yaml", "--production")).code).toBe(1);
});

describe("a waiver in a comment", () => {
  test("covers the finding of the next line, and says who took it", async () => {
    project.write(
      "waived.yaml",
      waived("cdktf-litellm: waive requests-without-database until 2027-01-31 owner sre: private network"),
    );
    const { code, stdout } = await lint("waived.yaml", "--fail-on", "warning");

    expect(code).toBe(0);
    expect(stdout).toContain("1 waived");
    expect(stdout).toContain("private network");
  });

  test.each([
    [
      "has ended",
      "waive requests-without-database until 2026-11-20 owner sre: r",
      "the waiver of requests-without-database ended",
    ],
    ["is for another rule", "waive debug-logging until 2027-01-31 owner sre: r", "this waiver covers nothing"],
    ["has no owner", "waive requests-without-database until 2027-01-31: r", "this comment is no waiver"],
    ["has no such day", "waive requests-without-database until 2027-02-31 owner sre: r", "this comment is no waiver"],
  ])("covers nothing when it %s", async (_, comment, message) => {
    project.write("not-waived.yaml", waived(`cdktf-litellm: ${comment}`));
    const { code, stdout } = await lint("not-waived.yaml", "--fail-on", "warning");

    expect(code).toBe(1);
    expect(stdout).toContain(message);
  });

  test("is none where it is part of a text", async () => {
    project.write("text.yaml", `general_settings:\n  alert_type_config: |\n    # cdktf-litellm: waive x\n`);
    expect((await lint("text.yaml")).stdout).not.toContain("waiver");
  });
});
