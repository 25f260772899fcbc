import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runCli } from "../../support/run-cli";
import { tempProject } from "../../support/temp-project";

const project = tempProject();
const cli = (...argv: string[]) => runCli(argv, project.folder);

const CONFIG = `# Ours.
model_list:
  - model_name: gpt
    litellm_params: { model: openai/gpt-4o, api_key: sk-canary-0123456789 }
    model_info: { id: gpt-1 }
`;

beforeAll(() => {
  project.write("config.yaml", CONFIG);
  project.write("wrong.yaml", `${CONFIG}router_settings: { enable_pre_call_check: true }\n`);
  project.write("broken.yaml", "a: [\n");
  project.write(
    "env.yaml",
    "name: prod\ntarget: local\nlitellm: { version: 1.86.7, config: { router_settings: { ignore_invalid_deployments: true } } }\n",
  );
});

test.each(["import", "explain", "versions"])("%s explains itself, with its exit codes", async (command) => {
  const { code, stdout } = await cli(command, "--help");

  expect(code).toBe(0);
  expect(stdout).toMatch(new RegExp(`Usage: cdktf-litellm ${command}`));
  expect(stdout).toMatch(/Exit codes: 0 /);
});

describe("import", () => {
  test("prints the environment on stdout, and what it did on stderr", async () => {
    const { code, stdout, stderr } = await cli("import", "config.yaml", "--name", "prod");

    expect(code).toBe(0);
    expect(stdout).toBe(`name: prod
target: local
litellm:
  version: 1.108.10
  config:
    # Ours.
    model_list:
      - model_name: gpt
        litellm_params: { model: openai/gpt-4o, api_key: os.environ/OPENAI_API_KEY }
        model_info: { id: gpt-1 }
secrets:
  OPENAI_API_KEY: { env: OPENAI_API_KEY }
`);
    expect(stderr).toContain("config.yaml: LiteLLM's own configuration; 4 changes, 0 left out\n");
    expect(stderr).toContain(
      "  secret    config.yaml:4:45  model_list[0].litellm_params.api_key: os.environ/OPENAI_API_KEY, a declared secret; the value is written nowhere\n",
    );
    expect(stderr).toMatch(/no problems in 1 file\n$/);
    expect(stdout + stderr).not.toContain("canary");
  });

  test("what it prints passes check", async () => {
    const { stdout } = await cli("import", "config.yaml", "--name", "prod");
    project.write("imported.yaml", stdout);

    expect((await cli("check", "imported.yaml", "--fail-on", "note")).code).toBe(0);
  });

  test("writes to an absolute path, and wants some path", async () => {
    const out = join(project.folder, "absolute.yaml");
    expect((await cli("import", "config.yaml", "--out", out)).code).toBe(0);
    expect(existsSync(out)).toBe(true);

    const { code, stderr } = await cli("import", "config.yaml", "--out", "");
    expect(code).toBe(2);
    expect(stderr).toContain("--out names no file");
  });

  test.each([
    ["a flag of Compose", ["import", "flags.yml"]],
    ["a name", ["import", "names.yaml"]],
    ["a kind", ["import", "config.yaml", "--kind", "\u001b[31mx"]],
    ["a file to write", ["import", "config.yaml", "--out", "no/\u202e\u001b[31m.yaml"]],
    ["a command", ["\u001b[31m"]],
  ])("shows no character that acts on a terminal: %s", async (_what, argv) => {
    project.write("flags.yml", 'services: { a: { image: litellm, command: ["--\\e[31mred", "--x"] } }\n');
    project.write("names.yaml", 'model_list: []\ncallback_settings: { "a\u202eb": yes }\n');
    const { stderr } = await cli(...argv);

    expect(stderr).toMatch(/\\u001b|\\u202e/);
    expect(stderr).not.toContain("\u001b");
    expect(stderr).not.toContain("\u202e");
  });

  test("writes a file that is not there, and never overwrites one that is", async () => {
    const first = await cli("import", "config.yaml", "--out", "new.yaml");
    const written = readFileSync(join(project.folder, "new.yaml"), "utf8");
    const second = await cli("import", "wrong.yaml", "--out", "new.yaml");

    expect(first).toMatchObject({ code: 0, stdout: "" });
    expect(second).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("new.yaml exists already") });
    expect(readFileSync(join(project.folder, "new.yaml"), "utf8")).toBe(written);
    expect((await cli("import", "config.yaml", "--out", "no/such/folder.yaml")).code).toBe(2);
    expect(existsSync(join(project.folder, "no"))).toBe(false);
  });

  test("tells the whole as JSON", async () => {
    const { code, stdout, stderr } = await cli("import", "wrong.yaml", "--format", "json");
    const result = JSON.parse(stdout);

    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(result).toMatchObject({ input: "wrong.yaml", kind: "config", environment: expect.stringMatching(/^name: wrong\n/) });
    expect(result.findings.map(({ rule }: { rule: string }) => rule)).toEqual(["unknown-setting"]);
    expect(result.changes.map(({ kind }: { kind: string }) => kind)).toEqual(["moved", "secret", "added", "added"]);
  });

  test.each([
    [["import", "wrong.yaml"], 1],
    [["import", "broken.yaml"], 2],
    [["import", "missing.yaml"], 2],
    [["import", "env.yaml"], 2],
    [["import", "config.yaml", "--kind", "compose"], 2],
    [["import", "config.yaml", "--kind", "nix"], 2],
    [["import", "config.yaml", "--name", "Not A Name"], 2],
  ])("%j ends with %d", async (argv, code) => {
    expect((await cli(...argv)).code).toBe(code);
  });
});

describe("explain", () => {
  test("says what a rule is", async () => {
    const { code, stdout } = await cli("explain", "fallback-cycle");

    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^fallback-cycle \(\w+\)\n {2}what .*\n {2}why {2}.*\n {2}do {4}.*\n {2}docs {2}docs\/errors.md#fallback-cycle\n$/,
    );
  });

  test("says where a rendered line comes from, as text and as JSON", async () => {
    const { stdout } = await cli("explain", "config.yaml:2", "env.yaml");

    expect(stdout).toBe(
      "config.yaml:2  ignore_invalid_deployments: true\n  comes from  env.yaml:3:58\n  path        litellm.config.router_settings.ignore_invalid_deployments\n",
    );
    expect(JSON.parse((await cli("explain", "config.yaml:2", "env.yaml", "--format", "json")).stdout)).toEqual({
      explanations: [expect.objectContaining({ kind: "line", place: { file: "env.yaml", line: 3, column: 58 } })],
    });
  });

  test.each([
    [["explain", "fallback-cycel"], "did you mean fallback-cycle?"],
    [["explain", "terraform_data.gateway"], "run cdktf synth first"],
    [["explain", "config.yaml:2"], "name its file"],
    [["explain", "fallbacks", "missing.yaml"], "there is no such file"],
    [["explain", "fallbacks", "--litellm-version", "0.1.0"], "there is no catalogue"],
  ])("%j ends with 2 and says what to do", async (argv, message) => {
    const { code, stdout, stderr } = await cli(...argv);

    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
  });
});

describe("versions", () => {
  test("lists what is known, and for an environment what its check would find", async () => {
    const { code, stdout } = await cli("versions", "env.yaml");

    expect(code).toBe(0);
    expect(stdout).toMatch(/^1\.109\.1 .*1 errors, 0 warnings$/m);
    expect(stdout).toMatch(/^1\.86\.7 .*no problems$/m);
    expect(stdout).toMatch(/^1\.83\.14 .*open to CVE-2026-49468/m);
    expect(stdout).toContain("must never run: 1.82.7, 1.82.8, 1.107.0");
  });

  test("answers in the first lines what breaks", async () => {
    const { code, stdout } = await cli("versions", "env.yaml", "--to", "1.108.10");
    const [answer, , heading, first] = stdout.split("\n");

    expect(code).toBe(0);
    expect(answer).toMatch(/^LiteLLM 1\.86\.7 → 1\.108\.10 for env\.yaml: 1 break, 0 differ in it, \d+ differ around it$/);
    expect(heading).toBe("break");
    expect(first).toContain("router_settings.ignore_invalid_deployments: 1.108.10 does not know it  (env.yaml:3)");
    expect(stdout.split("\n").length).toBeLessThan(40);
  });

  test("gives Markdown and JSON", async () => {
    const markdown = (await cli("versions", "env.yaml", "--to", "1.108.10", "--format", "md")).stdout;
    const json = JSON.parse((await cli("versions", "env.yaml", "--to", "1.108.10", "--format", "json")).stdout);

    expect(markdown).toMatch(/^### LiteLLM 1\.86\.7 → 1\.108\.10 for env\.yaml/);
    expect(markdown).toContain("| break | setting | `litellm.config.router_settings.ignore_invalid_deployments` (env.yaml:3) |");
    expect(json).toMatchObject({ from: "1.86.7", to: "1.108.10", file: "env.yaml" });
    expect(json.changes[0]).toMatchObject({ topic: "setting", weight: "breaks", place: { file: "env.yaml", line: 3 } });
  });

  test.each([
    ["an empty litellm", "litellm:\n", "litellm"],
    ["a wrong kind of litellm", "litellm: 7\n", "litellm"],
    ["no litellm", "", "litellm"],
    ["a version that is a list", "litellm: { version: [1], config: {} }\n", "litellm.version"],
    ["a wrong kind of configuration", "litellm: { config: 7 }\n", "litellm.config"],
    ["a name that no environment has", "litellm: { config: {} }\nlitelm: 1\n", "litelm"],
  ])("refuses an environment of another shape: %s", async (_, text, path) => {
    project.write("shapeless.yaml", `name: prod\ntarget: local\n${text}`);

    for (const more of [[], ["--to", "1.109.1"], ["--from", "1.86.7", "--format", "json"]]) {
      const { code, stdout, stderr } = await cli("versions", "shapeless.yaml", ...more);

      expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
      expect(stderr).toMatch(new RegExp(`^shapeless\\.yaml:\\d+:\\d+ {2}${path.replace(".", "\\.")}\\n {2}error `, "m"));
    }
  });

  test("compares what only breaks rules about settings", async () => {
    const litellm = "litellm: { version: 1.86.7, config: { routr_settings: {} } }";
    project.write("unruly.yaml", `name: prod\ntarget: local\n${litellm}\n`);

    expect((await cli("versions", "unruly.yaml")).code).toBe(0);
    expect((await cli("versions", "unruly.yaml", "--to", "1.108.10")).code).toBe(0);
  });

  test.each([
    [["versions", "--from", "latest"], "there is no catalogue"],
    [["versions", "missing.yaml"], "there is no such file"],
    [["versions", "--format", "sarif"], "is invalid"],
  ])("%j ends with 2", async (argv, message) => {
    const { code, stderr } = await cli(...argv);

    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
