import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "@swc/core";
import { type App, TerraformResource, TerraformStack } from "cdktf";
import { addGuardrails, type GuardrailOptions } from "../../../constructs";
import { synthesize } from "../../support/synth";
import { tempProject } from "../../support/temp-project";

const project = tempProject();
const TODAY = "2026-11-21";

class Database extends TerraformResource {
  constructor(stack: TerraformStack) {
    super(stack, "database", { terraformResourceType: "aws_db_instance" });
  }
  protected override synthesizeAttributes(): Record<string, unknown> {
    return { storage_encrypted: false, skip_final_snapshot: true };
  }
}

function synthesizeDatabase(options: GuardrailOptions): string[] {
  try {
    synthesize((app: App) => {
      const stack = new TerraformStack(app, "mine");
      new Database(stack);
      addGuardrails(stack, options);
    });
    return [];
  } catch (error) {
    return [...String(error).matchAll(/\[([a-z-]+)\]/g)].map(([, rule = ""]) => rule);
  }
}

describe("a stack of somebody's own", () => {
  test("is not synthesized while a guardrail finds an error", () => {
    expect(synthesizeDatabase({ today: TODAY })).toEqual(
      expect.arrayContaining(["guard-database-unencrypted", "guard-database-without-final-snapshot", "guard-state-unprotected"]),
    );
  });

  test("is told what, where, and what to do", () => {
    expect(() =>
      synthesize((app) => {
        const stack = new TerraformStack(app, "mine");
        new Database(stack);
        addGuardrails(stack, { today: TODAY });
      }),
    ).toThrow(
      "aws_db_instance.database.storage_encrypted: the storage is not encrypted, got false; set storage_encrypted = true, and a key of your own in kms_key_id [guard-database-unencrypted]",
    );
  });

  test("may go on outside production with what is a note there", () => {
    const rules = synthesizeDatabase({ today: TODAY, production: false });

    expect(rules).toContain("guard-database-unencrypted");
    expect(rules).not.toContain("guard-database-without-final-snapshot");
  });

  test("may accept a finding until a day, and no longer", () => {
    const waiver = { rule: "guard-database-unencrypted", at: "aws_db_instance.database", owner: "me", reason: "r", until: TODAY };

    expect(synthesizeDatabase({ today: TODAY, waivers: [waiver] })).not.toContain("guard-database-unencrypted");
    expect(synthesizeDatabase({ today: "2026-11-22", waivers: [waiver] })).toEqual(
      expect.arrayContaining(["guard-database-unencrypted", "waiver-expired"]),
    );
  });
});

test("the code of the README is synthesized as it stands", () => {
  const readme = readFileSync(join(__dirname, "..", "..", "..", "constructs", "guardrails", "README.md"), "utf8");
  const [, code = ""] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
  const { code: compiled } = transformSync(code, { jsc: { parser: { syntax: "typescript" } }, module: { type: "commonjs" } });
  process.env.CDKTF_OUTDIR = project.folder;

  new Function("require", "exports", compiled)(
    (name: string) => require(name === "cdktf-litellm/constructs" ? "../../../constructs" : name),
    {},
  );

  expect(existsSync(join(project.folder, "stacks/mine/cdk.tf.json"))).toBe(true);
});
