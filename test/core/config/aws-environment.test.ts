import { AWS_RULES, gatewayVariables, loadEnvironment } from "../../../core/config";
import { fixedOnAws } from "../../../core/config/aws-gateway";
import type { MapNode } from "../../../core/source";
import { loadTree } from "../../../core/source";
import { tempProject } from "../../support/temp-project";

const project = tempProject();

interface Parts {
  readonly name?: string;
  readonly litellm?: string;
  readonly config?: string;
  readonly aws?: string;
  readonly rest?: string;
}

const MODEL =
  "model_list: [{ model_name: m, litellm_params: { model: openai/gpt-4o, mock_response: hi }, model_info: { id: m } }]";
const GENERAL = "general_settings: { master_key: os.environ/LITELLM_MASTER_KEY }";
const NETWORK =
  "network: { vpc: vpc-0123456789abcdef0, subnets: [subnet-0123456789abcdef0, subnet-0123456789abcdef1], clients: [sg-0123456789abcdef0] }";
const ACCESS = "access: { cluster: platform }";
const REDIS = "coordination_redis: { host: os.environ/REDIS_HOST, port: os.environ/REDIS_PORT, ssl: true }";
const WIRED = `${MODEL}, general_settings: { master_key: os.environ/LITELLM_MASTER_KEY, ${REDIS} }`;

function text({ name = "prod", litellm = "", config = `${MODEL}, ${GENERAL}`, aws = ACCESS, rest = "" }: Parts): string {
  return `name: ${name}
target: kubernetes
litellm: { ${litellm}${litellm ? ", " : ""}config: { ${config} } }
aws: { region: eu-central-1, ${NETWORK}${aws ? `, ${aws}` : ""} }
${rest}
`;
}

function load(parts: Parts) {
  return loadEnvironment(project.write("prod.yaml", text(parts)), "2026-11-21");
}

/** Rules that were broken, but for what every environment on AWS is told. */
function rules(parts: Parts): string[] {
  return load(parts)
    .findings.map(({ rule }) => rule)
    .filter((rule) => rule !== "data-half-only");
}

test("the shortest environment on AWS has no findings but that the gateway comes later", () => {
  expect(load({}).findings).toEqual([expect.objectContaining({ rule: "data-half-only", severity: "note" })]);
});

test("nothing said means production: what is lost there is lost for good", () => {
  const { environment } = load({ aws: `${ACCESS}, cache: {}`, config: WIRED });

  expect(environment).toMatchObject({
    target: "kubernetes",
    litellm: { replicas: { min: 1, max: 1 }, workers: 1 },
    aws: {
      class: "production",
      unsafeWithoutDeletionProtection: false,
      database: { instanceClass: "db.m7g.large", backupDays: 14, unsafeSingleZone: false, unsafeWithoutFinalSnapshot: false },
      cache: { nodeType: "cache.m7g.large", signIn: "iam", unsafeSingleNode: false },
      access: { cluster: "platform", namespace: "litellm", serviceAccount: "litellm" },
    },
  });
});

test("storage may grow above what the user chose, and never ends below it", () => {
  const database = (settings: string) => {
    const { environment } = load({ aws: `${ACCESS}, class: dev, database: ${settings}` });
    return environment?.target === "kubernetes" ? environment.aws.database : undefined;
  };

  expect(database("{}")).toMatchObject({ storageGb: 20, maxStorageGb: 100 });
  expect(database("{ storageGb: 200 }")).toMatchObject({ storageGb: 200, maxStorageGb: 400 });
  expect(database("{ storageGb: 200, maxStorageGb: 200 }")).toMatchObject({ storageGb: 200, maxStorageGb: 200 });
  expect(database("{ storageGb: 200, maxStorageGb: 100 }")).toBeUndefined();
});

test("a cache that LiteLLM answers from is kept to as well", () => {
  const config = `${MODEL}, ${GENERAL}, litellm_settings: { cache: true, cache_params: { type: redis } }`;

  expect(rules({ litellm: "replicas: { min: 1, max: 2 }", aws: `${ACCESS}, cache: {}`, config })).toEqual([]);
  expect(
    rules({ litellm: "replicas: { min: 1, max: 2 }", aws: `${ACCESS}, cache: {}`, config: config.replace("redis }", "local }") }),
  ).toEqual(["cache-not-demanded"]);
});

test("no class makes data easier to delete", () => {
  for (const name of ["dev", "staging", "production"]) {
    expect(load({ aws: `${ACCESS}, class: ${name}` }).environment).toMatchObject({
      aws: { unsafeWithoutDeletionProtection: false, database: { unsafeWithoutFinalSnapshot: false } },
    });
  }
});

const S3 =
  "litellm_settings: { callbacks: [s3_v2], s3_callback_params: { s3_bucket_name: logs-1, s3_region_name: eu-central-1 } }";
const CERTIFICATE = "arn:aws:acm:eu-central-1:111122223333:certificate/1";

/** For each rule what breaks it alone, and beside it what is nearest to it and does not. */
const CASES: readonly [rule: string, broken: Parts, whole: Parts][] = [
  [
    "database-connections",
    {
      litellm: "replicas: { min: 2, max: 12 }",
      aws: `${ACCESS}, cache: {}, database: { instanceClass: db.t4g.micro }`,
      config: WIRED,
    },
    {
      litellm: "replicas: { min: 2, max: 7 }",
      aws: `${ACCESS}, cache: {}, database: { instanceClass: db.t4g.micro }`,
      config: WIRED,
    },
  ],
  [
    "database-connections-near",
    {
      litellm: "replicas: { min: 2, max: 10 }",
      aws: `${ACCESS}, cache: {}, database: { instanceClass: db.t4g.micro }`,
      config: WIRED,
    },
    {
      litellm: "replicas: { min: 2, max: 10 }",
      aws: `${ACCESS}, cache: {}, database: { instanceClass: db.t4g.small }`,
      config: WIRED,
    },
  ],
  [
    "instance-class-unknown",
    { aws: `${ACCESS}, database: { instanceClass: db.z1d.large }` },
    { aws: `${ACCESS}, database: { instanceClass: db.r8g.large }` },
  ],
  ["cache-missing", { litellm: "replicas: { min: 1, max: 2 }" }, { litellm: "replicas: { min: 1, max: 1 }" }],
  ["cache-missing", { litellm: "workers: 2" }, { litellm: "workers: 1" }],
  [
    "cache-not-demanded",
    { litellm: "replicas: { min: 1, max: 2 }", aws: `${ACCESS}, cache: {}` },
    { litellm: "replicas: { min: 1, max: 2 }", aws: `${ACCESS}, cache: {}`, config: WIRED },
  ],
  [
    "cache-sign-in",
    { litellm: "version: 1.100.5", aws: `${ACCESS}, cache: {}` },
    { litellm: "version: 1.104.9", aws: `${ACCESS}, cache: {}` },
  ],
  [
    "unsafe-in-production",
    { aws: `${ACCESS}, unsafeWithoutDeletionProtection: true` },
    { aws: `${ACCESS}, class: staging, unsafeWithoutDeletionProtection: true` },
  ],
  [
    "unsafe-in-production",
    { aws: `${ACCESS}, database: { unsafeSingleZone: true }` },
    { aws: `${ACCESS}, class: dev, database: { unsafeSingleZone: true }` },
  ],
  [
    "unsafe-in-production",
    { aws: `${ACCESS}, database: { unsafeWithoutFinalSnapshot: true }` },
    { aws: `${ACCESS}, database: { unsafeWithoutFinalSnapshot: false }` },
  ],
  [
    "unsafe-in-production",
    { aws: `${ACCESS}, cache: { unsafeSingleNode: true }` },
    { aws: `${ACCESS}, class: staging, cache: { unsafeSingleNode: true }` },
  ],
  [
    "bedrock-model-unclear",
    {
      config: `model_list: [{ model_name: m, litellm_params: { model: bedrock/agent/A/B, aws_region_name: eu-central-1 }, model_info: { id: m } }], ${GENERAL}`,
    },
    {
      config: `model_list: [{ model_name: m, litellm_params: { model: bedrock/eu.amazon.nova-lite-v1:0, aws_region_name: eu-central-1 }, model_info: { id: m } }], ${GENERAL}`,
    },
  ],
  [
    "gateway-role-missing",
    { aws: "" },
    { aws: 'access: { oidcProvider: "arn:aws:iam::111122223333:oidc-provider/issuer/id/A" }' },
  ],
  [
    "audit-bucket-unused",
    { aws: `${ACCESS}, audit: { bucket: logs-1 }` },
    { aws: `${ACCESS}, audit: { bucket: logs-1 }`, config: `${MODEL}, ${GENERAL}, ${S3}` },
  ],
  [
    "region-mismatch",
    { aws: `${ACCESS}, loadBalancer: { certificate: "${CERTIFICATE.replace("eu-central-1", "us-east-1")}" }` },
    { aws: `${ACCESS}, loadBalancer: { certificate: "${CERTIFICATE}" }` },
  ],
  ["environment-name-on-aws", { name: "prod--1" }, { name: "prod-1" }],
  [
    "secret-named-twice",
    { rest: "secrets: { A: { awsSecretsManager: x }, B: { awsSecretsManager: x } }" },
    { rest: "secrets: { A: { awsSecretsManager: x }, B: { awsSecretsManager: y } }" },
  ],
];

describe.each(CASES)("%s", (rule, broken, whole) => {
  const own = (parts: Parts) => rules(parts).filter((id) => id !== "secret-unused" && id !== "prompts-logged");

  test("is found where it is broken, alone", () => {
    expect(own(broken)).toEqual([rule]);
  });

  test("is not found beside it", () => {
    expect(own(whole)).toEqual([]);
  });
});

test("every rule of its own has a case", () => {
  const ids = Object.values(AWS_RULES).map(({ id }) => id);

  expect([...new Set(CASES.map(([rule]) => rule))].sort()).toEqual([...ids].sort());
});

test("the connections are counted in the open, with two ways out", () => {
  const [finding] = load({
    litellm: "replicas: { min: 2, max: 12 }",
    aws: `${ACCESS}, cache: {}, database: { instanceClass: db.t4g.micro }`,
    config: WIRED,
  }).findings;

  expect(finding).toMatchObject({
    path: "litellm.replicas.max",
    place: { line: 3, column: 32 },
    message: "12 replicas × 1 worker × 10 connections + 5 for migration and admin = 125, db.t4g.micro (1 GiB) allows 112",
    repair: "lower replicas.max to 10, or database_connection_pool_limit to 8",
  });
});

test("the pool is the one that LiteLLM is told", () => {
  const pool = "general_settings: { master_key: os.environ/LITELLM_MASTER_KEY, database_connection_pool_limit: 500 }";

  expect(
    load({ aws: `${ACCESS}, database: { instanceClass: db.t4g.small }`, config: `${MODEL}, ${pool}` }).findings[0]?.message,
  ).toBe("1 replica × 1 worker × 500 connections + 5 for migration and admin = 505, db.t4g.small (2 GiB) allows 225");
});

test.each([
  [
    "region: eu-central-1",
    "region: Frankfurt",
    'aws.region: this has another form, got "Frankfurt", expected a region such as eu-central-1',
  ],
  [
    "vpc: vpc-0123456789abcdef0",
    "vpc: mine",
    'aws.network.vpc: this has another form, got "mine", expected an id such as vpc-0123456789abcdef0',
  ],
  [
    ", subnet-0123456789abcdef1",
    "",
    "aws.network.subnets: the database and the cache need subnets in two zones, got a list of 1, expected at least 2 items",
  ],
  [
    "clients: [sg-0123456789abcdef0]",
    "clients: []",
    "aws.network.clients: nobody could connect: name the security groups of the cluster's nodes or pods, got an empty list, expected at least 1 item",
  ],
  [
    ACCESS,
    "access: {}",
    "aws.access: a workload is known in one way; name one of cluster, oidcProvider, got a mapping, expected undefined",
  ],
  [
    ACCESS,
    `${ACCESS}, database: { backupDays: 0 }`,
    "aws.database.backupDays: this value does not fit, got 0, expected at least 1",
  ],
  [
    ACCESS,
    `${ACCESS}, audit: { keepDays: 100 }`,
    "aws.audit.keepDays: this value does not fit, got 100, expected 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653",
  ],
  [
    ACCESS,
    `${ACCESS}, database: { multiAz: false }`,
    "aws.database.multiAz: unknown name, got undefined, expected engine, version, instanceClass, storageGb, maxStorageGb, backupDays, unsafeSingleZone, unsafeWithoutFinalSnapshot",
  ],
  [
    ACCESS,
    `${ACCESS}, account: 111122223333`,
    "aws.account: this value does not fit, got 111122223333, expected the 12 digits of the only account that may be deployed to, in quotes",
  ],
])("%s written as %s is refused with what is expected", (from, to, expected) => {
  const { findings } = loadEnvironment(project.write("bad.yaml", text({}).replace(from, to)), "2026-11-21");
  const errors = findings.filter(({ severity }) => severity === "error");

  expect(errors.map(({ path, message, got, expected }) => `${path}: ${message}, got ${got}, expected ${expected}`)).toEqual([
    expected,
  ]);
});

test("what was written in the place of a secret's name is not shown", () => {
  const secret = "sk-live 4f9a1b2c3d4e5f60";
  const { findings } = load({ rest: `secrets: { A: { awsSecretsManager: "${secret}" } }` });

  expect(findings.map(({ rule }) => rule)).toContain("invalid-value");
  expect(JSON.stringify(findings)).not.toContain("4f9a1b2c");
});

describe("what belongs to one target", () => {
  const local = (rest: string) =>
    loadEnvironment(
      project.write("local.yaml", `name: demo\ntarget: local\nlitellm: { config: { ${MODEL} }${rest}`),
      "2026-11-21",
    );

  test("is refused in the other", () => {
    expect(
      rules({ litellm: "port: 4000", rest: "database: { port: 5432 }\nsecrets: { A: { env: A }, B: { file: b } }" }),
    ).toEqual(expect.arrayContaining(["other-target", "other-target", "other-target", "other-target"]));
    expect(local(", replicas: { min: 1, max: 2 } }\n").findings.map(({ rule }) => rule)).toContain("other-target");
    expect(local(", workers: 2 }\n").findings.map(({ rule }) => rule)).toContain("other-target");
    expect(local(" }\nsecrets: { A: { awsSecretsManager: a } }\n").findings.map(({ rule }) => rule)).toContain("other-target");
  });

  test("LiteLLM releases that the local target cannot install may run on AWS", () => {
    expect(rules({ litellm: "version: 1.109.1" })).toEqual([]);
  });
});

describe("variables of the gateway", () => {
  const tree = (parts: Parts): MapNode => {
    const read = loadTree(project.write("tree.yaml", text(parts)));
    if ("findings" in read) throw new Error("unreadable");
    return read.root;
  };

  test.each(["cache: {}", "cache: { signIn: token }", ""])("are those that no file may set (%s)", (cache) => {
    const parts = { aws: cache ? `${ACCESS}, ${cache}` : ACCESS, config: cache ? WIRED : `${MODEL}, ${GENERAL}` };
    const { environment } = load(parts);
    if (environment?.target !== "kubernetes") throw new Error("not loaded");
    const set = gatewayVariables(environment.aws, { databaseHost: "db", cacheHost: "cache" }, "prod-litellm");

    // LiteLLM makes DATABASE_URL of the parts.
    expect([...Object.keys(set), "DATABASE_URL"].sort()).toEqual([...fixedOnAws(tree(parts))].sort());
  });

  test("name no password: the gateway signs in with tokens of its role, and no rotation concerns it", () => {
    const { environment } = load({ aws: `${ACCESS}, cache: {}`, config: WIRED });
    if (environment?.target !== "kubernetes") throw new Error("not loaded");
    const set = gatewayVariables(environment.aws, { databaseHost: "db", cacheHost: "cache" }, "prod-litellm");

    expect(set).toMatchObject({ IAM_TOKEN_DB_AUTH: "True", REDIS_AWS_IAM_AUTH: "True", REDIS_SSL: "True" });
    expect(Object.keys(set).filter((name) => /PASSWORD|URL|SECRET|TOKEN$/.test(name))).toEqual([]);
  });

  test("cannot be set by hand", () => {
    expect(rules({ litellm: "environment: { DATABASE_HOST: elsewhere }" })).toEqual(["variable-fixed"]);
    // Without a cache on AWS, the Redis is the user's own.
    expect(rules({ litellm: "environment: { REDIS_HOST: mine }" })).toEqual([]);
  });
});

describe("text that Terraform or the engine would take for its own", () => {
  const MARKS = ["${file(1)}", "%{if true}x", "TfToken[TOKEN.0]", "a\\nb"];
  const places: readonly (readonly [string, (mark: string) => Parts])[] = [
    ["a tag", (mark) => ({ aws: `${ACCESS}, tags: { k: "${mark}" }` })],
    ["a tag's name", (mark) => ({ aws: `${ACCESS}, tags: { "${mark}": v }` })],
    ["the state's bucket", (mark) => ({ rest: `state: { s3: { bucket: "${mark}", region: eu-central-1 } }` })],
    ["the state's region", (mark) => ({ rest: `state: { s3: { bucket: abc, region: "${mark}" } }` })],
    ["the state's key", (mark) => ({ rest: `state: { s3: { bucket: abc, region: eu-central-1, key: "${mark}" } }` })],
    ["the state's profile", (mark) => ({ rest: `state: { s3: { bucket: abc, region: eu-central-1, profile: "${mark}" } }` })],
    ["an ARN", (mark) => ({ aws: `access: { oidcProvider: "arn:aws:iam::111122223333:oidc-provider/${mark}" }` })],
  ];

  test.each(places)("%s is refused with it, and taken without", (what, parts) => {
    for (const mark of MARKS) expect(rules(parts(mark))).toContain("invalid-value");
    expect(rules(parts(what.endsWith("region") ? "eu-west-1" : "abc"))).not.toContain("invalid-value");
  });

  test("a role or a region of a model gets no permission with it", () => {
    const model = (params: string) =>
      `model_list: [{ model_name: m, litellm_params: { model: bedrock/amazon.nova-lite-v1:0, ${params} }, model_info: { id: m } }], ${GENERAL}`;
    expect(rules({ config: model('aws_role_name: "arn:aws:iam::111122223333:role/${x}"') })).toContain("bedrock-model-unclear");
    expect(rules({ config: model('aws_region_name: "${x}"') })).toContain("bedrock-model-unclear");
    expect(rules({ config: model("aws_region_name: eu-central-1") })).not.toContain("bedrock-model-unclear");
  });
});
