import { describeReal } from "../support/real-part";
import { findMoto, type Moto, startMoto } from "./moto";
import { type AwsProject, makeProject } from "./project";
import { usable } from "./work-folder";

jest.setTimeout(120_000);

const moto = findMoto();
const BUCKET = "my-company-litellm-terraform-state";
/** A network that nothing is deployed to: only the state is of interest. */
const NETWORK = {
  vpc: "vpc-0123456789abcdef0",
  subnets: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
  clients: ["sg-0123456789abcdef0"],
};

describeReal("state init makes a bucket on AWS's API", usable(moto), () => {
  let aws: Moto;
  let project: AwsProject;
  const init = () => project.toolkit("state", "init", "environments/prod.yaml", "--format", "json");
  const bucket = (code: string): string => aws.ask(`s3 = client("s3")\nB = "${BUCKET}"\n${code}`);

  beforeAll(async () => {
    if ("reason" in moto) return;
    aws = await startMoto(moto);
    project = makeProject(aws, NETWORK, process.env);
    project.write();
  });

  beforeEach(() => aws.forget());

  afterAll(async () => {
    await aws?.stop();
    project?.remove();
  });

  test("versioned, encrypted, closed, TLS only; a second run changes nothing", () => {
    const first = init();
    const properties = JSON.parse(
      bucket(`print(json.dumps({
  "versioning": s3.get_bucket_versioning(Bucket=B)["Status"],
  "encryption": s3.get_bucket_encryption(Bucket=B)["ServerSideEncryptionConfiguration"]["Rules"][0]["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"],
  "blocked": s3.get_public_access_block(Bucket=B)["PublicAccessBlockConfiguration"],
  "policy": json.loads(s3.get_bucket_policy(Bucket=B)["Policy"])["Statement"],
  "region": s3.get_bucket_location(Bucket=B)["LocationConstraint"],
}))`),
    );

    expect(first.code).toBe(0);
    expect(properties).toMatchObject({
      versioning: "Enabled",
      encryption: "AES256",
      blocked: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
      policy: [{ Effect: "Deny", Action: "s3:*", Condition: { Bool: { "aws:SecureTransport": "false" } } }],
      region: "eu-central-1",
    });
    expect(changesOf(first.output)).not.toContain(false);
    expect(changesOf(init().output)).not.toContain(true);
  });

  test("and refuses one that holds other things", () => {
    bucket(`s3.create_bucket(Bucket=B, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
s3.put_object(Bucket=B, Key="photo.jpg", Body=b"x")`);

    const { code, output } = init();

    expect(code).toBe(1);
    expect(output).toContain(`error: the bucket ${BUCKET} holds other things`);
    expect(output).not.toContain("    at ");
    expect(bucket(`print(s3.get_bucket_versioning(Bucket=B).get("Status"))`)).toBe("None");
  });

  test("and refuses one of another account", () => {
    bucket(`other = client("sts").assume_role(RoleArn="arn:aws:iam::222222222222:role/other", RoleSessionName="other")["Credentials"]
theirs = client("s3", aws_access_key_id=other["AccessKeyId"], aws_secret_access_key=other["SecretAccessKey"], aws_session_token=other["SessionToken"])
theirs.create_bucket(Bucket=B, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})`);

    const { code, output } = init();

    expect(code).toBe(1);
    expect(output).toContain(`error: the bucket ${BUCKET} exists and is not this account's`);
  });
});

/** Whether each property had to be set. The SDK may say something on stderr before it. */
function changesOf(output: string): boolean[] {
  const { steps } = JSON.parse(output.slice(output.indexOf("\n{\n") + 1 || output.indexOf("{"))) as {
    steps: { changed: boolean }[];
  };
  return steps.map(({ changed }) => changed);
}
