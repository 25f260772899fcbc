import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type FoundProvider, findAwsProvider } from "../support/aws-provider";
import { all, describeReal, program } from "../support/real-part";
import { findCheckov, readExplanations, runCheckov, unexplained } from "./checkov";
import { findMoto, type Moto, makeNetwork, startMoto } from "./moto";
import { MOTO_LACKS } from "./moto-lists";
import { type AwsProject, makeProject } from "./project";
import { usable, workFolder } from "./work-folder";

jest.setTimeout(300_000);

const work = workFolder();
const terraform = program("terraform", ["version"]);
const provider: FoundProvider = "available" in terraform ? findAwsProvider(work) : terraform;
const moto = findMoto();
const needs = all(usable(provider), usable(moto));
const checkov = "available" in needs ? findCheckov() : needs;

describeReal("the whole production stack, with what moto lacks", needs, () => {
  let aws: Moto;
  let project: AwsProject;
  const plan = () => join(project.folder, "plan.json");

  beforeAll(async () => {
    if ("reason" in provider || "reason" in moto) return;
    aws = await startMoto(moto);
    project = makeProject(aws, makeNetwork(aws), { ...provider.environment, CDKTF_LITELLM_TEST_OVERLAY: "plan-all" });
    project.write();
    project.toolkit("state", "init", "environments/prod.yaml");
    aws.ask(`client("s3").delete_bucket_policy(Bucket="my-company-litellm-terraform-state")`);
    expect(project.cdktf("synth")).toMatchObject({ code: 0 });
    expect(project.terraform("init", "-input=false", "-no-color")).toMatchObject({ code: 0 });
  });

  afterAll(async () => {
    await aws?.stop();
    project?.remove();
  });

  test("is valid to the provider itself", () => {
    expect(project.terraform("validate", "-no-color")).toMatchObject({ code: 0 });
  });

  test("can be planned, every resource that moto cannot make included", () => {
    const { code, output } = project.terraform("plan", "-input=false", "-no-color", "-out=first");
    const { output: json } = project.terraform("show", "-json", "first");
    writeFileSync(plan(), json);

    expect({ code, output }).toMatchObject({ code: 0 });
    for (const type of Object.keys(MOTO_LACKS)) expect(output).toContain(`# ${type}.`);
  });

  describeReal("judged by checkov", usable(checkov), () => {
    const command = "command" in checkov ? checkov.command : "";
    const today = new Date().toISOString().slice(0, 10);

    test("has no finding that is not explained, and no explanation that is used up", () => {
      // With a required_version checkov 3.3.30 does not read the file at all, so it gets the blocks that it judges.
      const { terraform: _, ...rest } = JSON.parse(readFileSync(join(project.stack, "cdk.tf.json"), "utf8"));
      const resources = join(project.folder, "resources.tf.json");
      writeFileSync(resources, JSON.stringify(rest));
      const ofPlan = runCheckov(command, plan(), "terraform_plan");
      const ofFile = runCheckov(command, resources, "terraform_json");
      const counts = [ofPlan, ofFile].map(({ passed, findings }) => `${passed} passed, ${findings.length} failed`);
      process.stderr.write(`checkov 3.3.30: plan ${counts[0]}; cdk.tf.json ${counts[1]}\n`);

      // That it judged at all.
      expect(Math.min(ofPlan.passed, ofFile.passed)).toBeGreaterThan(80);
      expect(unexplained([...ofPlan.findings, ...ofFile.findings], readExplanations(), today)).toEqual([]);
      expect(readExplanations().length).toBeLessThanOrEqual(8);
    });

    test("would have findings, were the database open and in clear: checkov reads these files", () => {
      const weak = join(project.folder, "weak.tf.json");
      const { terraform: _, ...rest } = JSON.parse(readFileSync(join(project.stack, "cdk.tf.json"), "utf8"));
      Object.assign(rest.resource.aws_db_instance.database, { storage_encrypted: false, publicly_accessible: true });
      writeFileSync(weak, JSON.stringify(rest));
      const { findings } = runCheckov(command, weak, "terraform_json");

      const rules = unexplained(findings, [], today).map((line) => line.split(" ")[0]);
      expect(rules).toEqual(expect.arrayContaining(["CKV_AWS_16", "CKV_AWS_17"]));
    });

    test("an explanation that has ended, or explains nothing, fails", () => {
      const [first] = readExplanations();
      const finding = {
        rule: "CKV2_AWS_57",
        severity: "error",
        path: "aws_secretsmanager_secret.master_key",
        message: "m",
      } as const;
      const explanations = first ? [first] : [];

      expect(unexplained([finding], explanations, "2026-11-21")).toEqual([]);
      expect(unexplained([], explanations, "2026-11-21")).toEqual([expect.stringMatching(/^waiver-unused /)]);
      expect(unexplained([finding], explanations, "2027-07-01").sort()).toEqual([
        expect.stringMatching(/^CKV2_AWS_57 /),
        expect.stringMatching(/^waiver-expired /),
      ]);
    });
  });
});
