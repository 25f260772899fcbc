import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { tempProject } from "../support/temp-project";

const root = join(__dirname, "..", "..");
const project = tempProject();
const at = (...parts: string[]) => join(project.folder, ...parts);

const GOOD = `
import { App, TerraformStack } from "cdktf";
import { LocalGateway } from "cdktf-litellm/constructs";
import { defineLitellmConfig, providerParameters, renderConfig } from "cdktf-litellm/litellm";

const config = defineLitellmConfig({
  model_list: [
    {
      model_name: "gpt",
      litellm_params: { model: "openai/gpt-4o", mock_response: "hi", ...providerParameters({ performanceConfig: { latency: "optimized" } }) },
      model_info: { id: "gpt-1" },
    },
  ],
  router_settings: { enable_pre_call_checks: true, fallbacks: [{ gpt: ["gpt"] }] },
  litellm_settings: { drop_params: true },
  general_settings: { master_key: "os.environ/LITELLM_MASTER_KEY" },
});

const app = new App({ outdir: "out" });
const stack = new TerraformStack(app, "mine");
new LocalGateway(stack, "gateway", {
  environmentName: "mine",
  environmentFile: "environments/mine.yaml",
  configuration: renderConfig(config),
  litellmVersion: "1.108.10",
  port: 4000,
  databasePort: 54329,
  projectFolder: "../../..",
  toolkit: "npx cdktf-litellm",
});
app.synth();
`;

const BAD = `
import { defineLitellmConfig } from "cdktf-litellm/litellm";
export const config = defineLitellmConfig({ model_list: [], router_settings: { enable_pre_call_check: true } });
`;

/** A project of somebody else's, with the package that \`npm pack\` makes in its node_modules. */
beforeAll(() => {
  const packed = execFileSync("npm", ["pack", "--ignore-scripts", "--silent", "--pack-destination", project.folder], {
    cwd: root,
    encoding: "utf8",
  });
  mkdirSync(at("node_modules", "cdktf-litellm"), { recursive: true });
  execFileSync("tar", ["-xzf", at(packed.trim()), "-C", at("node_modules", "cdktf-litellm"), "--strip-components=1"]);
  for (const name of ["cdktf", "constructs", "zod", "yaml", "commander", "pg", "@types/node"]) {
    mkdirSync(dirname(at("node_modules", name)), { recursive: true });
    symlinkSync(join(root, "node_modules", name), at("node_modules", name));
  }
  const compilerOptions = { module: "Node20", target: "ES2022", strict: true, skipLibCheck: true, outDir: "js", rootDir: "." };
  project.write("package.json", JSON.stringify({ name: "foreign", type: "commonjs" }));
  project.write("tsconfig.json", JSON.stringify({ compilerOptions, files: ["good.ts"] }));
  project.write(
    "tsconfig.bad.json",
    JSON.stringify({ compilerOptions: { ...compilerOptions, noEmit: true }, files: ["bad.ts"] }),
  );
  project.write("good.ts", GOOD);
  project.write("bad.ts", BAD);
});

function compile(configuration: string) {
  const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
  return spawnSync(process.execPath, [compiler, "-p", configuration], { cwd: project.folder, encoding: "utf8" });
}

describe("a project that installs the package", () => {
  test("writes a stack of its own with the constructs and the typed settings", () => {
    expect(compile("tsconfig.json")).toMatchObject({ status: 0, stdout: "" });

    execFileSync(process.execPath, ["js/good.js"], { cwd: project.folder });

    const stack = JSON.parse(readFileSync(at("out/stacks/mine/cdk.tf.json"), "utf8"));
    expect(stack.resource.terraform_data.gateway.triggers_replace.configuration).toContain(
      "performanceConfig:\n        latency: optimized",
    );
  });

  test("gets a compile error for a misspelt setting", () => {
    const { status, stdout } = compile("tsconfig.bad.json");

    expect(status).not.toBe(0);
    expect(stdout).toMatch(/bad\.ts\(3,.*enable_pre_call_check/);
  });

  test("runs the command, which finds its own templates and data", () => {
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [at("node_modules/cdktf-litellm/dist/tools/cli/main.js"), ...args], {
        cwd: project.folder,
        encoding: "utf8",
      });

    expect(run("init", "demo")).toMatchObject({ status: 0 });
    expect(run("check", "environments/demo.yaml")).toMatchObject({ status: 0 });
    expect(existsSync(at("environments/demo.yaml"))).toBe(true);
    expect(readFileSync(at("environments/demo.yaml"), "utf8")).toContain(
      "$schema=../node_modules/cdktf-litellm/docs/reference/environment.schema.json",
    );
  });

  test("is handed no scripts and no tests", () => {
    expect(existsSync(at("node_modules/cdktf-litellm/dist/scripts"))).toBe(false);
    expect(existsSync(at("node_modules/cdktf-litellm/test"))).toBe(false);
  });
});
