import { copyFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runCli } from "../../support/run-cli";
import { tempProject } from "../../support/temp-project";

const root = join(__dirname, "..", "..", "..");
const project = tempProject();
const cli = (...argv: string[]) => runCli(argv, project.folder);

const GOOD = `name: demo
target: local
litellm: { config: { model_list: [{ model_name: m, litellm_params: { model: openai/gpt-4o, mock_response: hi } }] } }
`;

beforeAll(() => {
  mkdirSync(join(project.folder, "environments"));
  copyFileSync(join(root, "environments/local.yaml"), join(project.folder, "environments/local.yaml"));
  project.write("good.yaml", GOOD);
  project.write("warned.yaml", `${GOOD}waivers: [{ rule: secret-unused, owner: me, reason: r, until: 2027-01-01 }]\n`);
  project.write("broken.yaml", `${GOOD}datbase: { port: 1 }\n`);
});

describe("every command", () => {
  test.each([
    ["init"],
    ["check"],
    ["render"],
    ["local"],
    ["local", "up"],
    ["local", "down"],
    ["local", "status"],
    ["local", "logs"],
    ["local", "token"],
  ])("explains itself: %s %s", async (...argv) => {
    const words = argv.filter((word) => typeof word === "string");
    const { code, stdout, stderr } = await cli(...words, "--help");

    expect(code).toBe(0);
    expect(stdout).toContain(`Usage: cdktf-litellm ${words.join(" ")}`);
    if (words[0] !== "local" || words.length > 1) expect(stdout).toMatch(/Exit codes: 0 /);
    expect(stderr).toBe("");
  });

  test.each([
    [["chek"], "error: unknown command 'chek'\n(Did you mean check?)"],
    [["check"], "error: missing required argument 'environment.yaml'"],
    [["check", "--formt", "json", "good.yaml"], "error: unknown option '--formt'\n(Did you mean --format?)"],
    [
      ["check", "--format", "xml", "good.yaml"],
      "error: option '--format <format>' argument 'xml' is invalid. Allowed choices are text, compact, json, sarif, junit, md.",
    ],
    [["local", "logs", "-n", "many"], "error: option '-n, --lines <count>' argument 'many' is invalid. expected a whole number"],
    [["local", "status", "../../etc"], 'error: "../../etc" is not a name of an environment'],
    [["local", "status", "locl"], 'error: there is no environment "locl"\n  did you mean local?'],
    [["check", "--matrix", "--format", "junit", "good.yaml"], "error: --matrix has no format junit"],
  ])("ends with 2 and says why for %j", async (argv, message) => {
    const { code, stdout, stderr } = await cli(...argv);

    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(message);
  });
});

describe("check", () => {
  test("ends with 0 for a clean file, 1 for an error", async () => {
    expect((await cli("check", "good.yaml")).code).toBe(0);
    expect((await cli("check", "broken.yaml")).code).toBe(1);
    expect((await cli("check", "good.yaml", "broken.yaml")).code).toBe(1);
  });

  test("ends with 1 for less, where --fail-on says so", async () => {
    expect((await cli("check", "warned.yaml")).code).toBe(0);
    expect((await cli("check", "warned.yaml", "--fail-on", "warning")).code).toBe(1);
  });

  test("counts a file that is named twice once", async () => {
    expect((await cli("check", "good.yaml", "good.yaml")).stdout).toContain("in 1 file ");
  });

  test("leaves files out that are only there to be extended, as a shell's pattern names them", async () => {
    project.write("_base.yaml", "litellm: {}\n");
    project.write("whole.yaml", GOOD);
    expect((await cli("check", "_base.yaml", "whole.yaml")).code).toBe(0);
    expect(await cli("check", "_base.yaml")).toMatchObject({ code: 2, stderr: expect.stringContaining("is a base for extends") });
  });

  test("fails for two environments of the same name", async () => {
    project.write("twin.yaml", GOOD);

    const { code, stdout } = await cli("check", "good.yaml", "twin.yaml", "--format", "compact");

    expect(code).toBe(1);
    expect(stdout).toBe(
      "twin.yaml:1:1: error: name: the name demo is taken by good.yaml; rename one of them [environment-duplicate]\n",
    );
  });

  test("writes clean machine output on stdout", async () => {
    const { stdout, stderr } = await cli("check", "broken.yaml", "--format", "json");

    expect(JSON.parse(stdout).counts).toEqual({ errors: 1, warnings: 0, notes: 0, waived: 0 });
    expect(stderr).toBe("");
  });

  test("shows in a matrix what differs between environments", async () => {
    project.write("other.yaml", GOOD.replace("name: demo", "name: other").replace("litellm: {", "litellm: { port: 4001,"));

    expect((await cli("check", "--matrix", "good.yaml", "other.yaml")).stdout).toBe(`              demo    other
litellm.port  4000    4001
name          "demo"  "other"
`);
    expect(JSON.parse((await cli("check", "--matrix", "--format", "json", "good.yaml", "other.yaml")).stdout)).toEqual({
      environments: ["demo", "other"],
      differences: [
        { path: "litellm.port", values: ["4000", "4001"] },
        { path: "name", values: ['"demo"', '"other"'] },
      ],
    });
  });

  test("prints no secret that was written into a file by mistake", async () => {
    project.write(
      "leak.yaml",
      GOOD.replace("mock_response: hi", "api_keyy: sk-canary-1234567890abcdef, rpm: sk-canary-1234567890abcdef"),
    );

    for (const format of ["text", "compact", "json", "sarif", "junit", "md"]) {
      const { code, stdout } = await cli("check", "leak.yaml", "--format", format);

      expect(code).toBe(1);
      expect(stdout).toContain("api_keyy");
      expect(stdout).not.toContain("canary");
    }
  });
});

describe("render", () => {
  test("prints LiteLLM's file and nothing else", async () => {
    const { code, stdout, stderr } = await cli("render", "good.yaml");

    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toBe(
      "model_list:\n  - model_name: m\n    litellm_params:\n      model: openai/gpt-4o\n      mock_response: hi\n",
    );
  });

  test("prints nothing on stdout for an environment with errors", async () => {
    const { code, stdout, stderr } = await cli("render", "broken.yaml");

    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("did you mean database?");
  });
});

describe("init", () => {
  test("starts an environment from a template that passes check under its new name", async () => {
    const { code, stdout } = await cli("init", "staging", "--from", "providers");

    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: "wrote environments/staging.yaml from providers\nnext  npx cdktf-litellm check environments/staging.yaml\n",
    });
    expect(readFileSync(join(project.folder, "environments/staging.yaml"), "utf8")).toMatch(/^name: staging$/m);
    expect((await cli("check", "environments/staging.yaml", "--fail-on", "note")).code).toBe(0);
  });

  test("starts production on AWS, with a note that its gateway comes later", async () => {
    expect((await cli("init", "prod", "--from", "aws")).code).toBe(0);
    const { code, stdout } = await cli("check", "environments/prod.yaml", "--fail-on", "warning");

    expect({ code, notes: stdout.match(/\[[a-z-]+\]$/gm) }).toEqual({ code: 0, notes: ["[data-half-only]"] });
    expect(stdout).toContain("npx cdktf deploy prod-data");
  });

  test("is refused by the local target, with what to do instead", async () => {
    const { code, stderr } = await cli("local", "up", "environments/prod.yaml");

    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: "error: environments/prod.yaml has target: kubernetes\n  deploy it: npx cdktf deploy prod-data\n",
    });
  });

  test("takes ports that no environment beside it has", async () => {
    await cli("init", "first", "--from", "ollama");
    await cli("init", "second", "--from", "ollama");
    const ports = (name: string) => readFileSync(join(project.folder, `environments/${name}.yaml`), "utf8").match(/port: \d+/g);

    expect(new Set([...(ports("first") ?? []), ...(ports("second") ?? []), "port: 4000", "port: 54329"]).size).toBe(6);
  });

  test("gives every part of an environment a port of its own, beside others and within", async () => {
    await cli("init", "third", "--from", "providers");
    await cli("init", "fourth", "--from", "local");
    const text = ["local", "third", "fourth"].map((name) =>
      readFileSync(join(project.folder, `environments/${name}.yaml`), "utf8"),
    );
    const ports = text.join("").match(/(?<=^ *port: )\d+$/gm) ?? [];

    expect(ports).toHaveLength(15);
    expect(new Set(ports).size).toBe(15);
  });

  test("never overwrites", async () => {
    const before = readFileSync(join(project.folder, "environments/local.yaml"), "utf8");
    const { code, stderr } = await cli("init", "local");

    expect(code).toBe(2);
    expect(stderr).toBe("error: environments/local.yaml exists already\n  choose another name, or remove the file first\n");
    expect(readFileSync(join(project.folder, "environments/local.yaml"), "utf8")).toBe(before);
  });

  test.each([
    ["Prod", "local", 'error: "Prod" is not a name of an environment'],
    ["../x", "local", 'error: "../x" is not a name of an environment'],
    ["x", "provider", 'error: there is no template "provider"\n  did you mean providers?'],
    ["x", "../../package.json", 'error: there is no template "../../package.json"'],
  ])("fails for the name %j from %j", async (name, template, message) => {
    const { code, stderr } = await cli("init", name, "--from", template);

    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(existsSync(join(project.folder, "environments", `${name}.yaml`))).toBe(false);
  });
});
