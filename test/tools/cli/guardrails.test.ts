import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runCli } from "../../support/run-cli";
import { tempProject } from "../../support/temp-project";

/** The object itself, so that it can be watched what the program makes. */
const fs: typeof import("node:fs") = require("node:fs");

const root = join(__dirname, "..", "..", "..");
const project = tempProject();
const cli = (...argv: string[]) => runCli(argv, project.folder);
const template = readFileSync(join(root, "templates/environments/aws.yaml"), "utf8");

/** The AWS template with more lines in `aws`, and more at its end. */
function write(file: string, { aws = "", database = "", end = "" }): string {
  const text = template.replace(/^aws:\n/m, `aws:\n${aws}`).replace("database: {}", `database: {${database}}`);
  project.write(file, text + end);
  return file;
}

interface Shown {
  readonly rule: string;
  readonly severity: string;
  readonly path: string;
  readonly repair: string;
  readonly place: { readonly line: number };
  readonly waiver?: object;
}

async function guardrailsOf(file: string): Promise<{ code: number; findings: Shown[] }> {
  const { code, stdout } = await cli("check", file, "--format", "json");
  const { findings } = JSON.parse(stdout) as { findings: Shown[] };
  return { code, findings: findings.filter(({ rule }) => rule.startsWith("guard-") || rule.startsWith("waiver-")) };
}

const lineOf = (text: string, file: string) =>
  readFileSync(join(project.folder, file), "utf8")
    .split("\n")
    .findIndex((line) => line.includes(text)) + 1;

describe("check looks at the resources that an environment on AWS becomes", () => {
  test.each(["production", "staging", "dev"])("and finds no error in the template as class %s", async (environmentClass) => {
    const { code, findings } = await guardrailsOf(write("class.yaml", { aws: `  class: ${environmentClass}\n` }));

    expect(findings.filter(({ severity }) => severity !== "note")).toEqual([]);
    expect(code).toBe(0);
  });

  test("in production short backups are an error, in their own line", async () => {
    const file = write("weak.yaml", { database: " backupDays: 1 " });
    const { code, findings } = await guardrailsOf(file);

    expect(code).toBe(1);
    expect(findings).toMatchObject([
      {
        rule: "guard-database-short-backups",
        severity: "error",
        path: "aws_db_instance.database.backup_retention_period",
        place: { line: lineOf("backupDays: 1", file) },
        repair: "change aws.database.backupDays",
      },
    ]);
  });

  test.each([
    ["database", "unsafeSingleZone: true", ["guard-database-single-zone"]],
    ["database", "unsafeWithoutFinalSnapshot: true", ["guard-database-without-final-snapshot"]],
    ["aws", "unsafeWithoutDeletionProtection: true", ["guard-database-without-deletion-protection", "guard-destroyable"]],
  ])("what was accepted as unsafe-in-production need not be waived again: %s.%s", async (block, setting, rules) => {
    const end = "\nwaivers: [{ rule: unsafe-in-production, owner: me, reason: r, until: 2027-01-01 }]\n";
    const file = write("accepted.yaml", block === "aws" ? { aws: `  ${setting}\n`, end } : { database: ` ${setting} `, end });
    const { code, findings } = await guardrailsOf(file);

    expect(code).toBe(0);
    expect([...new Set(findings.map(({ rule }) => rule))]).toEqual(rules);
    expect(findings.every(({ severity, place }) => severity === "note" && place.line === lineOf(setting, file))).toBe(true);
  });

  test("a waiver in the file covers a finding, by its Terraform address", async () => {
    const waiver = `\nwaivers: [{ rule: guard-database-short-backups, at: aws_db_instance.database, owner: me, reason: r, until: 2027-01-01 }]\n`;
    const { code, findings } = await guardrailsOf(write("waived.yaml", { database: " backupDays: 1 ", end: waiver }));

    expect(code).toBe(0);
    expect(findings).toMatchObject([{ rule: "guard-database-short-backups", waiver: { owner: "me" } }]);
  });

  test.each([
    ["has ended", "2026-11-20", { database: " backupDays: 1 " }, 1, ["guard-database-short-backups", "waiver-expired"]],
    ["covers nothing", "2027-01-01", {}, 0, ["waiver-unused"]],
  ] as const)("a waiver that %s is a finding", async (_title, until, more, expected, rules) => {
    const end = `\nwaivers: [{ rule: guard-database-short-backups, owner: me, reason: r, until: ${until} }]\n`;
    const { code, findings } = await guardrailsOf(write("waiver.yaml", { ...more, end }));

    expect({ code, rules: findings.map(({ rule }) => rule) }).toEqual({ code: expected, rules });
  });

  test("and leaves nothing behind", async () => {
    const made = jest.spyOn(fs, "mkdtempSync");
    await cli("check", write("clean.yaml", {}));

    const folders = made.mock.results.map(({ value }) => value as string);
    expect(folders).toHaveLength(1);
    expect(folders.filter((folder) => existsSync(folder))).toEqual([]);
    expect(readdirSync(project.folder)).not.toContain("cdktf.out");
  });
});

test("a waiver of a guardrail in a local environment covers nothing", async () => {
  const local = "name: demo\ntarget: local\nlitellm: { config: { model_list: [] } }\n";
  project.write("local.yaml", `${local}waivers: [{ rule: guard-destroyable, owner: me, reason: r, until: 2027-01-01 }]\n`);

  expect((await guardrailsOf("local.yaml")).findings.map(({ rule }) => rule)).toEqual(["waiver-unused"]);
});

test("without the engine, a note says that the guardrails were not run", async () => {
  jest.resetModules();
  jest.doMock("../../../stacks", () => {
    throw Object.assign(new Error("Cannot find module 'cdktf'"), { code: "MODULE_NOT_FOUND" });
  });
  const { code, stdout } = await cli("check", write("bare.yaml", {}), "--format", "json");

  expect(code).toBe(0);
  expect((JSON.parse(stdout) as { findings: Shown[] }).findings).toContainEqual(
    expect.objectContaining({
      rule: "guardrails-not-run",
      severity: "note",
      repair: expect.stringContaining("npm install cdktf"),
    }),
  );
});

test("explain knows the guardrails", async () => {
  const { code, stdout } = await cli("explain", "guard-destroyable");

  expect(code).toBe(0);
  expect(stdout).toContain("prevent_destroy");
});

test("and the name that was meant", async () => {
  expect((await cli("explain", "guard-destroyabel")).stderr).toContain("did you mean guard-destroyable?");
});
