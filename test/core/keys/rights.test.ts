import { awsRights, kubernetesRights } from "../../../core/keys";

describe("the least rights in Kubernetes", () => {
  test("are those on the named secrets, by namespace", () => {
    const places = [
      { kubernetes: { namespace: "llm", name: "b", key: "x" } },
      { kubernetes: { namespace: "llm", name: "a", key: "x" } },
      { kubernetes: { namespace: "llm", name: "a", key: "y" } },
      { kubernetes: { namespace: "ci", name: "c", key: "x" } },
      { file: "key.txt" },
    ];
    const rule = { apiGroups: [""], resources: ["secrets"], verbs: ["create", "get", "patch"] };

    expect(kubernetesRights(places)).toEqual([
      { namespace: "ci", rules: [{ ...rule, resourceNames: ["c"] }] },
      { namespace: "llm", rules: [{ ...rule, resourceNames: ["a", "b"] }] },
    ]);
  });

  test("are none where nothing goes to Kubernetes: an empty list of names would mean every secret", () => {
    expect(kubernetesRights([{ file: "key.txt" }])).toEqual([]);
  });
});

describe("the least rights in AWS", () => {
  const whole = { awsSecretsManager: { name: "llm/ci-eval" } };
  const field = (name: string) => ({ awsSecretsManager: { name: "llm/shared", field: name } });
  const home = { account: "123456789012", region: "eu-central-1" };

  test("are those on the named secrets; values are read only where a field is merged", () => {
    const arn = (name: string, region = home.region) => `arn:aws:secretsmanager:${region}:123456789012:secret:${name}`;
    const other = { awsSecretsManager: { name: "llm/other", region: "us-east-1" } };

    expect(awsRights([whole, field("a"), field("b"), other, { file: "key.txt" }], home)).toEqual([
      {
        Effect: "Allow",
        Action: ["CreateSecret", "DescribeSecret", "PutSecretValue", "TagResource"].map((action) => `secretsmanager:${action}`),
        Resource: [arn("llm/ci-eval"), arn("llm/shared"), arn("llm/other", "us-east-1")]
          .flatMap((name) => [name, `${name}-??????`])
          .sort(),
      },
      {
        Effect: "Allow",
        Action: ["secretsmanager:GetSecretValue"],
        Resource: [arn("llm/shared"), `${arn("llm/shared")}-??????`],
      },
    ]);
  });

  test("are none where nothing goes to AWS", () => {
    expect(awsRights([{ file: "key.txt" }], home)).toEqual([]);
  });
});
