import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tempProject } from "./support/temp-project";

const root = join(__dirname, "..");
const project = tempProject();

/** A Node that lives on another day. */
const OTHER_DAY = `
const { Date: Real } = globalThis;
globalThis.Date = class extends Real {
  constructor(...given) { given.length === 0 ? super("2031-05-17T23:59:59Z") : super(...given); }
  static now() { return new Real("2031-05-17T23:59:59Z").getTime(); }
};
`;

/** Three environments of different kinds and classes, by name. */
const ENVIRONMENTS: Readonly<Record<string, string>> = {
  local: readFileSync(join(root, "templates/environments/local.yaml"), "utf8"),
  prod: named("aws.yaml", "prod"),
  staging: named("aws.yaml", "staging").replace("  region: eu-central-1\n", "  region: eu-central-1\n  class: staging\n"),
};

function named(template: string, name: string): string {
  return readFileSync(join(root, "templates/environments", template), "utf8").replace(/^name: .*$/m, `name: ${name}`);
}

/** The stacks of all three, as one text. */
function synthesizeIn(folder: string, environment: NodeJS.ProcessEnv, nodeArguments: readonly string[] = []): string {
  const cwd = join(project.folder, folder);
  mkdirSync(cwd, { recursive: true });
  mkdirSync(join(cwd, "environments"), { recursive: true });
  for (const [name, text] of Object.entries(ENVIRONMENTS)) writeFileSync(join(cwd, "environments", `${name}.yaml`), text);
  cpSync(join(root, "dist"), join(cwd, "dist"), { recursive: true });
  const result = spawnSync(process.execPath, [...nodeArguments, "dist/synth.js"], {
    cwd,
    env: { PATH: process.env.PATH, NODE_PATH: join(root, "node_modules"), ...environment },
    encoding: "utf8",
  });
  // On another day a model may be retired: a warning, which changes nothing that is made.
  expect(result).toMatchObject({ status: 0, stderr: expect.not.stringContaining("error") });
  const stacks = readdirSync(join(cwd, "cdktf.out", "stacks")).sort();
  expect(stacks).toEqual(["local", "prod-data", "staging-data"]);
  return stacks.map((stack) => readFileSync(join(cwd, "cdktf.out", "stacks", stack, "cdk.tf.json"), "utf8")).join("\n");
}

test("three environments make the same bytes in another folder, in another locale, on another day", () => {
  const hook = project.write("other-day.cjs", OTHER_DAY);
  const here = synthesizeIn("a", { LANG: "C", TZ: "UTC" });
  const there = synthesizeIn("some where/else", { LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8", TZ: "Pacific/Kiritimati" }, [
    "--require",
    hook,
  ]);

  expect(there).toBe(here);
});

test("fails with the findings and no stack trace for an environment with an error", () => {
  const cwd = join(project.folder, "broken");
  project.write("broken/environments/one.yaml", "name: one\ntarget: local\nlitellm: { config: { model_lst: [] } }\n");
  const { status, stderr } = spawnSync(process.execPath, [join(root, "dist/synth.js")], { cwd, encoding: "utf8" });

  expect(status).toBe(1);
  expect(stderr).toContain("environments/one.yaml:3:22  litellm.config.model_lst\n");
  expect(stderr).not.toContain("    at ");
});

test("a file whose name starts with an underscore is a base for others, and no environment", () => {
  const cwd = join(project.folder, "based");
  project.write("based/environments/_base.yaml", "target: local\nlitellm: { config: { model_list: [] } }\n");
  project.write("based/environments/one.yaml", "extends: _base.yaml\nname: one\n");
  const { status, stderr } = spawnSync(process.execPath, [join(root, "dist/synth.js")], { cwd, encoding: "utf8" });

  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(Object.keys(JSON.parse(readFileSync(join(cwd, "cdktf.out/manifest.json"), "utf8")).stacks)).toEqual(["one"]);
});

test("a broken environment does not keep another from being worked with alone", () => {
  const cwd = join(project.folder, "emergency");
  project.write("emergency/environments/good.yaml", "name: good\ntarget: local\nlitellm: { config: { model_list: [] } }\n");
  project.write("emergency/environments/bad.yaml", "name: bad\ntarget: lokal\n");
  const synth = (environment: NodeJS.ProcessEnv) =>
    spawnSync(process.execPath, [join(root, "dist/synth.js")], {
      cwd,
      encoding: "utf8",
      env: { PATH: process.env.PATH, ...environment },
    });

  expect(synth({})).toMatchObject({ status: 1, stderr: expect.stringContaining("CDKTF_LITELLM_ONLY=<name>") });
  expect(synth({ CDKTF_LITELLM_ONLY: "good" })).toMatchObject({ status: 0, stderr: "" });
});

test("fails with what the guardrails say, in the environment file's lines, and synthesizes nothing", () => {
  const cwd = join(project.folder, "unguarded");
  mkdirSync(join(cwd, "environments"), { recursive: true });
  cpSync(join(root, "dist"), join(cwd, "dist"), { recursive: true });
  const weak = named("aws.yaml", "prod").replace("database: {}", "database: { backupDays: 1 }");
  writeFileSync(join(cwd, "environments", "prod.yaml"), weak);
  const { status, stderr } = spawnSync(process.execPath, ["dist/synth.js"], {
    cwd,
    env: { PATH: process.env.PATH, NODE_PATH: join(root, "node_modules") },
    encoding: "utf8",
  });

  expect(status).toBe(1);
  expect(stderr).toMatch(/^environments\/prod\.yaml:\d+:\d+ {2}aws_db_instance\.database\.backup_retention_period\n/);
  expect(stderr).toContain("[guard-database-short-backups]");
  expect(stderr).not.toContain("    at ");
  expect(existsSync(join(cwd, "cdktf.out", "stacks", "prod-data"))).toBe(false);
});
