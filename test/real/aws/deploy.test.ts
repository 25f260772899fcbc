import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type FoundProvider, findAwsProvider } from "../support/aws-provider";
import { all, describeReal, program } from "../support/real-part";
import { findMoto, type Moto, makeNetwork, startMoto } from "./moto";
import { MOTO_LACKS, MOTO_LOSES } from "./moto-lists";
import { plannedChanges } from "./plan-changes";
import { type AwsProject, type Ended, makeProject } from "./project";
import { secretsIn, textsOf } from "./secrets-scan";
import { usable, workFolder } from "./work-folder";

// The provider waits 80 s at each change of a database, whatever answers it.
jest.setTimeout(900_000);

const work = workFolder();
const terraform = program("terraform", ["version"]);
const provider: FoundProvider = "available" in terraform ? findAwsProvider(work) : terraform;
const moto = findMoto();

describeReal("cdktf deploys, changes and destroys the data of an environment on AWS", all(usable(provider), usable(moto)), () => {
  let aws: Moto;
  let project: AwsProject;
  const said: string[] = [];
  const told = (ended: Ended): Ended => {
    said.push(ended.output);
    return ended;
  };
  const deploy = () => told(project.cdktf("deploy", "prod-data", "--auto-approve", "--skip-provider-lock", "--parallelism", "1"));
  const destroy = () => told(project.cdktf("destroy", "prod-data", "--auto-approve", "--parallelism", "1"));
  const database = (): { DBInstanceClass: string; DbiResourceId: string; DeletionProtection: boolean }[] =>
    JSON.parse(
      aws.ask(`
names = ["DBInstanceClass", "DbiResourceId", "DeletionProtection", "DBInstanceStatus"]
print(json.dumps([{n: d.get(n) for n in names} for d in client("rds").describe_db_instances()["DBInstances"]]))`),
    );

  beforeAll(async () => {
    if ("reason" in provider || "reason" in moto) return;
    process.stderr.write(`AWS provider: from ${provider.words}\nAWS API: moto_server 5.2.1\n`);
    aws = await startMoto(moto);
    project = makeProject(aws, makeNetwork(aws), provider.environment);
    project.write();
  });

  afterAll(async () => {
    await aws?.stop();
    project?.remove();
  });

  test("state init makes the bucket that the state is kept in", () => {
    expect(told(project.toolkit("state", "init", "environments/prod.yaml"))).toMatchObject({ code: 0 });
    // moto reads no conditions in bucket policies: to it "deny without TLS" is "deny", and the state could not be written.
    aws.ask(`client("s3").delete_bucket_policy(Bucket="my-company-litellm-terraform-state")`);
  });

  test("deploy makes all that moto has", () => {
    const { code, output } = deploy();

    expect(output).toMatch(/Apply complete! Resources: \d+ added, 0 changed, 0 destroyed/);
    expect(code).toBe(0);
    expect(database()).toMatchObject([{ DBInstanceClass: "db.m7g.large", DeletionProtection: true }]);
    const deployed = project.terraform("state", "list").output;
    expect(Object.keys(MOTO_LACKS).filter((type) => deployed.includes(`${type}.`))).toEqual([]);
  });

  test("a second plan changes exactly what moto loses", () => {
    const { code, output } = told(project.terraform("plan", "-input=false", "-no-color", "-detailed-exitcode", "-out=second"));
    const shown = project.terraform("show", "-json", "second");

    expect({ code, shown: shown.code, output }).toEqual({ code: 2, shown: 0, output });
    expect(plannedChanges(shown.output)).toEqual(Object.keys(MOTO_LOSES).sort());
  });

  test("no secret's value is in the state, in any plan, in what was synthesized or in what was said", () => {
    const secrets = secretsIn(aws);
    writeFileSync(join(project.stack, "second.json"), project.terraform("show", "-json", "second").output);
    const texts = [
      ...textsOf(project.folder),
      ...textsOf(project.stack),
      { name: "output", text: said.join("\n") },
      ...statesOf(aws),
    ];
    const holding = (text: string) => texts.filter((one) => one.text.includes(text)).map(({ name }) => name);

    expect(secrets.map(({ name }) => name)).toEqual(
      expect.arrayContaining([expect.stringContaining("LITELLM_MASTER_KEY"), expect.stringContaining("LITELLM_SALT_KEY")]),
    );
    // The scan can see: the names of the same secrets are in all of these.
    expect(holding("LITELLM_SALT_KEY")).toEqual(
      expect.arrayContaining(["cdk.tf.json", "second.json", "second", "output", expect.stringMatching(/^state/)]),
    );
    for (const { name, value } of secrets) expect({ name, foundIn: holding(value) }).toEqual({ name, foundIn: [] });
  });

  test("destroy is refused while the environment protects what holds data", () => {
    const state = () => project.terraform("state", "list").output;
    const before = { database: database(), state: state() };
    const { code } = destroy();
    // cdktf ends before it has passed on all that Terraform said; Terraform itself says why.
    const { output } = told(project.terraform("plan", "-destroy", "-input=false", "-no-color"));

    expect(code).not.toBe(0);
    // Of keys that others depend on it does not speak: those others are refused before.
    for (const address of ["aws_db_instance.database", "aws_s3_bucket.audit", "aws_secretsmanager_secret_version.salt_key"]) {
      expect(output.replaceAll("\n", " ")).toContain(`Resource ${address} has lifecycle.prevent_destroy set`);
    }
    expect({ database: database(), state: state() }).toEqual(before);
  });

  test("another instance class is a change in place, and the protection is taken off in the same deployment", () => {
    const [before] = database();
    project.write({
      aws: ["class: dev", "unsafeWithoutDeletionProtection: true"],
      database: "instanceClass: db.m7g.xlarge, unsafeWithoutFinalSnapshot: true",
    });
    const { code, output } = deploy();

    expect(output).toMatch(/Apply complete! Resources: 0 added, \d+ changed, 0 destroyed/);
    expect(code).toBe(0);
    expect(database()).toMatchObject([
      { DBInstanceClass: "db.m7g.xlarge", DbiResourceId: before?.DbiResourceId, DeletionProtection: false },
    ]);
  });

  test("then destroy leaves nothing", () => {
    const { code, output } = destroy();

    expect(output).toContain("Destroy complete!");
    expect(code).toBe(0);
    expect(database()).toEqual([]);
    expect(project.terraform("state", "list").output.trim()).toBe("");
  });
});

/** Every version of every state file. */
function statesOf(aws: Moto): { name: string; text: string }[] {
  const code = `
s3 = client("s3")
out = []
for bucket in [b["Name"] for b in s3.list_buckets()["Buckets"] if "state" in b["Name"]]:
    for v in s3.list_object_versions(Bucket=bucket).get("Versions", []):
        body = s3.get_object(Bucket=bucket, Key=v["Key"], VersionId=v["VersionId"])["Body"].read().decode()
        out.append({"name": "state " + v["Key"], "text": body})
print(json.dumps(out))`;
  return JSON.parse(aws.ask(code));
}
