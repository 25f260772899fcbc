import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { TerraformStack } from "cdktf";
import { LocalGateway } from "../../constructs";
import { loadEnvironment } from "../../core/config";
import { addEnvironmentStacks } from "../../stacks";
import { addresses, normalised, synthesize } from "../support/synth";
import { tempProject } from "../support/temp-project";

const root = join(__dirname, "..", "..");
const project = tempProject();
const TODAY = "2026-11-21";
const places = { projectFolder: "../../..", environmentFile: "environments/local.yaml", toolkit: "node dist/tools/cli/main.js" };

function synthesizeFile(file: string): Record<string, string> {
  const { environment, findings } = loadEnvironment(file, TODAY);
  if (!environment) throw new Error(JSON.stringify(findings));
  return synthesize((app) => addEnvironmentStacks(app, environment, places));
}

function synthesizeText(text: string): string {
  return Object.values(synthesizeFile(project.write("env.yaml", text)))[0] ?? "";
}

const templates = readdirSync(join(root, "templates/environments")).map((name) => join("templates/environments", name));
const local = templates.filter((file) => /^target: local$/m.test(readFileSync(join(root, file), "utf8")));

/** The same snapshots are held against both engines: this file runs once with cdktf and once with cdktn. */
describe.each(["environments/local.yaml", ...local])("%s", (file) => {
  test("synthesizes to the plan that was reviewed", () => {
    for (const text of Object.values(synthesizeFile(join(root, file)))) expect(normalised(text)).toMatchSnapshot();
  });

  test("keeps its stack and its addresses: changing one abandons what it deployed", () => {
    const stacks = synthesizeFile(join(root, file));
    const { environment } = loadEnvironment(join(root, file), TODAY);

    expect(Object.keys(stacks)).toEqual([environment?.name]);
    expect(Object.values(stacks).map(addresses)).toEqual([["terraform_data.gateway", "terraform_data.gateway_installation"]]);
  });
});

const MODEL = "model_list: [{ model_name: m, litellm_params: { model: openai/gpt-4o, mock_response: hi } }]";

describe("the local stack", () => {
  test("is replaced when a keys file changes, and shows what changes", () => {
    const plan = (budget: number): string => {
      const team = `teams: { research: { models: [m], max_budget: ${budget}, budget_duration: 30d } }\n`;
      project.write("some.keys.yaml", team);
      const general = "general_settings: { master_key: os.environ/LITELLM_MASTER_KEY }";
      return synthesizeText(
        `name: demo\ntarget: local\nlitellm: { config: { ${MODEL}, ${general} } }\nkeys: { files: some.keys.yaml }\n`,
      );
    };
    const triggers = (text: string): string => JSON.stringify(JSON.parse(text).resource.terraform_data.gateway.triggers_replace);

    expect(triggers(plan(400))).toContain("max_budget: 400");
    expect(triggers(plan(400))).toBe(triggers(plan(400)));
    expect(triggers(plan(500))).not.toBe(triggers(plan(400)));
  });

  test("holds configuration that looks like Terraform's templates as plain text", () => {
    const text = synthesizeText(
      `name: demo\ntarget: local\nlitellm:\n  config: { model_list: [{ model_name: m, litellm_params: { model: openai/gpt-4o, mock_response: "\${path.module} %{ if true }" } }] }\n`,
    );

    expect(text).toContain("$${path.module} %%{ if true }");
  });

  test("holds the engine's own marks as plain text too", () => {
    const text = synthesizeText(
      `name: demo\ntarget: local\nlitellm: { environment: { A: "#{TfToken[TOKEN.0]}", B: "\${TfToken[TOKEN.0]}" }, config: { ${MODEL} } }\n`,
    );

    expect(JSON.parse(text).resource.terraform_data.gateway.triggers_replace.environment).toEqual({
      A: '#{TfToken${"["}TOKEN.0]}',
      B: '$${TfToken${"["}TOKEN.0]}',
    });
  });

  test("names where secrets live, and holds no value of one", () => {
    const canary = "sk-canary-4f9a1b2c3d4e5f60";
    process.env.CANARY = canary;
    project.write("key.txt", canary);
    const text = synthesizeText(
      `name: demo\ntarget: local\nlitellm: { config: { ${MODEL} } }\nsecrets: { A: { env: CANARY }, B: { file: key.txt } }\n`,
    );

    expect(text).toContain('"A": "env CANARY"');
    expect(text).not.toContain(canary);
  });

  test("keeps its state in S3 where the environment says so, with a lock file", () => {
    const text = synthesizeText(
      `name: demo\ntarget: local\nlitellm: { config: { ${MODEL} } }\nstate: { s3: { bucket: states, region: eu-central-1 } }\n`,
    );

    expect(JSON.parse(text).terraform.backend).toEqual({
      s3: { bucket: "states", encrypt: true, key: "demo/demo.tfstate", region: "eu-central-1", use_lockfile: true },
    });
  });

  test("has room for a second gateway of somebody else's", () => {
    const props = {
      environmentName: "a",
      environmentFile: "a",
      configuration: "",
      litellmVersion: "",
      port: 1,
      databasePort: 2,
      projectFolder: ".",
      toolkit: "t",
    };
    const [text = ""] = Object.values(
      synthesize((app) => {
        const stack = new TerraformStack(app, "two");
        new LocalGateway(stack, "one", props);
        new LocalGateway(stack, "other", props);
      }),
    );

    expect(addresses(text)).toEqual(
      ["one", "one_installation", "other", "other_installation"].map((id) => `terraform_data.${id}`),
    );
  });

  test("names no absolute path", () => {
    expect(Object.values(synthesizeFile(join(root, "environments/local.yaml"))).join()).not.toContain(root);
  });
});

test("every file of environments/ and templates/environments/ says which schema editors read", () => {
  for (const file of ["environments/local.yaml", ...templates]) {
    expect(readFileSync(join(root, file), "utf8")).toMatch(/^# yaml-language-server: \$schema=\S+environment\.schema\.json$/m);
  }
});
