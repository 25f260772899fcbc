import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LocalStatus, PartStatus } from "../../../tools/local";
import { freePort } from "../../tools/local/fake-kit";
import { all, describeReal, program } from "../support/real-part";

// LiteLLM is started four times, each about half a minute.
jest.setTimeout(600_000);

const root = join(__dirname, "..", "..", "..");
const CANARY = "canary-93ab51e07f2c46d8a1b4";
/** A space in the name, and nobody else may enter: where people's checkouts lie. */
const project = realpathSync(mkdtempSync(join(tmpdir(), "cdktf litellm ")));
const environment = { ...process.env, CI: "1", CHECKPOINT_DISABLE: "1", NO_COLOR: "1", MY_KEY: CANARY };
let ports: { litellm: number; database: number };

function cdktf(...args: string[]): { code: number | null; output: string } {
  const cli = join(root, "node_modules", "cdktf-cli", "bundle", "bin", "cdktf");
  const result = spawnSync(process.execPath, [cli, ...args, "--no-color"], { cwd: project, env: environment, encoding: "utf8" });
  return { code: result.status, output: `${result.stdout}${result.stderr}` };
}

const deploy = () => cdktf("deploy", "local", "--auto-approve", "--skip-provider-lock", "--parallelism", "1");

function toolkit(...args: string[]): string {
  return spawnSync(process.execPath, ["dist/tools/cli/main.js", ...args], { cwd: project, env: environment, encoding: "utf8" })
    .stdout;
}

function look(): LocalStatus {
  return JSON.parse(toolkit("local", "status", "--format", "json"));
}

function pids(): Record<string, number | undefined> {
  return Object.fromEntries(look().parts.map(({ name, pid }: PartStatus) => [name, pid]));
}

function writeEnvironment(answer: string): void {
  writeFileSync(
    join(project, "environments", "local.yaml"),
    `name: local
target: local
litellm:
  port: ${ports.litellm}
  config:
    model_list:
      - model_name: gpt-demo
        litellm_params: { model: openai/gpt-4o, api_key: os.environ/PROVIDER_KEY, mock_response: ${answer} }
        model_info: { id: gpt-demo-1 }
secrets: { PROVIDER_KEY: { env: MY_KEY } }
database: { port: ${ports.database} }
`,
  );
}

async function ask(): Promise<string | undefined> {
  const key = readFileSync(join(project, ".local/local/secrets/LITELLM_MASTER_KEY"), "utf8").trim();
  const response = await fetch(`http://127.0.0.1:${ports.litellm}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ model: "gpt-demo", messages: [{ role: "user", content: "2 + 2?" }] }),
  });
  const body = (await response.json()) as { choices?: { message: { content: string } }[] };
  return body.choices?.[0]?.message.content;
}

/** Every file below a folder, secrets left out: that is where their values belong. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ["secrets", "postgres"].includes(entry.name) ? [] : filesBelow(path);
    return entry.isFile() ? [path] : [];
  });
}

const needs = all(program("terraform", ["version"]), program("python3", ["--version"]));

describeReal("cdktf deploys, heals and destroys a gateway on this machine", needs, () => {
  beforeAll(async () => {
    ports = { litellm: await freePort(), database: await freePort() };
    mkdirSync(join(project, "environments"));
    writeEnvironment("four");
    writeFileSync(
      join(project, "cdktf.json"),
      JSON.stringify({ language: "typescript", app: "node dist/synth.js", projectId: "test" }),
    );
    // The compiled toolkit as a checkout has it: dist beside the project's files, found by a relative path.
    execFileSync("cp", ["-r", join(root, "dist"), join(root, "package.json"), project]);
    execFileSync("ln", ["-s", join(root, "node_modules"), join(project, "node_modules")]);
    for (const folder of ["tools", "templates"]) execFileSync("ln", ["-s", join(root, folder), join(project, folder)]);
  });

  afterAll(() => {
    toolkit("local", "down", "--delete-data");
    rmSync(project, { recursive: true, force: true });
  });

  test("deploy brings up a gateway that answers", async () => {
    const { code, output } = deploy();

    expect(output).toContain("Apply complete! Resources: 2 added");
    expect(code).toBe(0);
    expect(await ask()).toBe("four");
  });

  test("a second deploy changes nothing", () => {
    const before = pids();
    const { code, output } = deploy();

    expect(output).toContain("No changes");
    expect(code).toBe(0);
    expect(pids()).toEqual(before);
  });

  test("no secret's value is in the plan, the state or the output folder", () => {
    const { output } = cdktf("diff", "local");

    expect(output).not.toContain(CANARY);
    const leaking = [...filesBelow(join(project, "cdktf.out")), ...filesBelow(join(project, ".local"))].filter((file) =>
      readFileSync(file).includes(CANARY),
    );
    expect(leaking).toEqual([]);
  });

  test("a diff shows a changed configuration as text, and deploying it restarts LiteLLM alone", async () => {
    const before = pids();
    writeEnvironment("vier");

    const { output } = cdktf("diff", "local");
    expect(output).toMatch(/-\s+mock_response: four\n.*\+\s+mock_response: vier\n/);
    expect(output).toContain("Plan: 1 to add, 0 to change, 1 to destroy.");

    expect(deploy().code).toBe(0);
    expect(await ask()).toBe("vier");
    expect(pids().postgres).toBe(before.postgres);
    expect(pids().litellm).not.toBe(before.litellm);
  });

  test("a killed supervisor is seen by the next plan at once, and deploying heals it without a restart", async () => {
    const before = pids();
    process.kill(look().supervisor.pid ?? 0, "SIGKILL");

    expect(look()).toMatchObject({ ok: false, supervisor: { state: "dead" } });
    const { code, output } = deploy();

    expect(output).toContain("Apply complete! Resources: 1 added, 0 changed, 1 destroyed");
    expect(code).toBe(0);
    expect(look().ok).toBe(true);
    expect(pids()).toEqual(before);
    expect(deploy().output).toContain("No changes");
  });

  test("fails where the file changed between plan and apply, instead of applying what nobody reviewed", () => {
    const result = spawnSync(process.execPath, ["dist/tools/cli/main.js", "local", "up", "environments/local.yaml"], {
      cwd: project,
      env: { ...environment, CDKTF_LITELLM_PLANNED: "0".repeat(64) },
      encoding: "utf8",
    });

    expect(result).toMatchObject({ status: 1, stderr: expect.stringContaining("changed after the plan was made") });
  });

  test("destroy leaves no process, and nothing but Terraform's own empty state", () => {
    const { code, output } = cdktf("destroy", "local", "--auto-approve");

    expect(output).toContain("Destroy complete! Resources: 2 destroyed");
    expect(code).toBe(0);
    expect(readdirSync(join(project, ".local/local")).sort()).toEqual(["local.tfstate", "local.tfstate.backup"]);
    expect(JSON.parse(readFileSync(join(project, ".local/local/local.tfstate"), "utf8")).resources).toEqual([]);
    expect(execFileSync("ps", ["-eo", "args"], { encoding: "utf8" })).not.toContain(join(project, ".local"));
  });
});
