import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadEnvironment } from "../../core/config";
import { addEnvironmentStacks } from "../../stacks";
import { addresses, normalised, synthesize } from "../support/synth";
import { tempProject } from "../support/temp-project";

const root = join(__dirname, "..", "..");
const template = readFileSync(join(root, "templates/environments/aws.yaml"), "utf8");
const project = tempProject();
const places = { projectFolder: "../../..", environmentFile: "environments/aws.yaml", toolkit: "node dist/tools/cli/main.js" };

interface Stack {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  readonly ephemeral: Readonly<Record<string, object>>;
  readonly output: Readonly<Record<string, { readonly value: unknown }>>;
  readonly terraform: Readonly<Record<string, unknown>>;
  readonly provider: Readonly<Record<string, unknown>>;
}

interface Statement {
  readonly Sid: string;
  readonly Action: readonly string[];
  readonly Resource?: readonly string[];
  readonly Condition?: unknown;
}

/** The same text makes the same stack, so each is made once. */
const made = new Map<string, string>();

function synthesizeText(text: string): string {
  const stack = made.get(text) ?? synthesizeOnce(text);
  made.set(text, stack);
  return stack;
}

function synthesizeOnce(text: string): string {
  const { environment, findings } = loadEnvironment(project.write("aws.yaml", text), "2026-11-21");
  if (!environment) throw new Error(JSON.stringify(findings));
  const stacks = synthesize((app) => addEnvironmentStacks(app, environment, places));
  expect(Object.keys(stacks)).toEqual([`${environment.name}-data`]);
  return stacks[`${environment.name}-data`] ?? "";
}

/** The template with some of its text replaced; what is not in it is an error of the test. */
function changed(...changes: readonly (readonly [from: string, to: string])[]): string {
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the template has no ${from}`);
    return text.replace(from, to);
  }, template);
}

function stackOf(text: string): Stack {
  return normalised(synthesizeText(text)) as unknown as Stack;
}

function resource(stack: Stack, address: string): Readonly<Record<string, unknown>> {
  const [type = "", name = ""] = address.split(".");
  const found = stack.resource[type]?.[name];
  if (!found) throw new Error(`there is no ${address}`);
  return found;
}

const TOKEN: readonly [string, string] = ["cache: {}", "cache: { signIn: token }"];
const AURORA: readonly [string, string] = ["database: {}", "database: { engine: aurora-postgresql }"];
const BUCKET: readonly [string, string] = ["cache: {}", "cache: {}\n  audit: { bucket: prod-requests }"];
const OIDC: readonly [string, string] = [
  "access: { cluster: platform, namespace: litellm, serviceAccount: litellm }",
  'access: { oidcProvider: "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/A" }',
];
const TEARDOWN: readonly [string, string] = [
  "  region: eu-central-1\n",
  "  region: eu-central-1\n  class: staging\n  unsafeWithoutDeletionProtection: true\n",
];

test("the template synthesizes to the plan that was reviewed", () => {
  expect(normalised(synthesizeText(template))).toMatchSnapshot();
});

/** What is lost, or made anew and empty, when an address changes. */
const STATEFUL = [
  "aws_cloudwatch_log_group.audit_gateway",
  "aws_db_instance.database",
  "aws_elasticache_replication_group.cache",
  "aws_kms_key.data_key",
  "aws_kms_key.secrets_key",
  "aws_s3_bucket.audit",
  "aws_secretsmanager_secret.master_key",
  "aws_secretsmanager_secret.salt_key",
  "aws_secretsmanager_secret_version.master_key",
  "aws_secretsmanager_secret_version.salt_key",
];

test("what holds data keeps its address: changing one abandons the data", () => {
  expect(addresses(synthesizeText(changed(BUCKET)))).toEqual(expect.arrayContaining(STATEFUL));
  expect(addresses(synthesizeText(changed(AURORA)))).toEqual(
    expect.arrayContaining([
      "aws_rds_cluster.database",
      "aws_rds_cluster_instance.database_1",
      "aws_rds_cluster_instance.database_2",
    ]),
  );
});

test("nothing that holds data can be destroyed, unless that was switched off by name", () => {
  const isProtected = (stack: Stack, address: string) =>
    (resource(stack, address).lifecycle as { prevent_destroy?: boolean } | undefined)?.prevent_destroy;
  const addressesOf = STATEFUL.filter((address) => !/log_group|elasticache|version\.master_key/.test(address));
  const usual = stackOf(changed(BUCKET));
  const teardown = stackOf(changed(BUCKET, TEARDOWN));

  for (const address of addressesOf) {
    expect([address, isProtected(usual, address)]).toEqual([address, true]);
    expect([address, isProtected(teardown, address)]).toEqual([address, false]);
  }
  expect(resource(usual, "aws_db_instance.database")).toMatchObject({ deletion_protection: true, skip_final_snapshot: false });
  expect(resource(teardown, "aws_db_instance.database")).toMatchObject({
    deletion_protection: false,
    skip_final_snapshot: false,
  });
});

describe("the database", () => {
  test.each([
    ["RDS", template, "aws_db_instance.database", "aws_db_parameter_group.database"],
    ["Aurora", changed(AURORA), "aws_rds_cluster.database", "aws_rds_cluster_parameter_group.database"],
  ])("on %s is encrypted with its own key, backed up, and has no password here", (_name, text, address, parameters) => {
    const stack = stackOf(text);
    const database = resource(stack, address);

    expect(database).toMatchObject({
      storage_encrypted: true,
      kms_key_id: "${aws_kms_key.data_key.arn}",
      manage_master_user_password: true,
      iam_database_authentication_enabled: true,
      backup_retention_period: 14,
      deletion_protection: true,
    });
    expect(Object.keys(database).filter((name) => /password/.test(name))).toEqual(["manage_master_user_password"]);
    expect(resource(stack, parameters).parameter).toEqual(
      expect.arrayContaining([expect.objectContaining({ name: "rds.force_ssl", value: "1" })]),
    );
  });

  test("is in two zones in production and in one elsewhere", () => {
    const multiAz = (text: string) => resource(stackOf(text), "aws_db_instance.database").multi_az;

    expect(multiAz(template)).toBe(true);
    expect(multiAz(changed(["  region: eu-central-1\n", "  region: eu-central-1\n  class: dev\n"]))).toBe(false);
  });

  test("is reached by the named clients alone, and reaches nobody", () => {
    const { resource: resources } = stackOf(template);

    expect(Object.keys(resources.aws_vpc_security_group_ingress_rule ?? {})).toEqual([
      "cache_from_sg_0123456789abcdef0",
      "database_from_sg_0123456789abcdef0",
    ]);
    expect(resources.aws_vpc_security_group_egress_rule).toBeUndefined();
    expect(JSON.stringify(resources)).not.toContain("cidr");
  });
});

describe("the cache", () => {
  test("takes TLS only, and signs in with IAM", () => {
    const stack = stackOf(template);

    expect(resource(stack, "aws_elasticache_replication_group.cache")).toMatchObject({
      transit_encryption_enabled: true,
      transit_encryption_mode: "required",
      at_rest_encryption_enabled: "true",
      multi_az_enabled: true,
      user_group_ids: ["${aws_elasticache_user_group.cache.user_group_id}"],
    });
    expect(resource(stack, "aws_elasticache_user.cache").authentication_mode).toEqual({ type: "iam" });
  });

  test("leaves a token to people: it has no write-only argument, and would lie in the state", () => {
    const stack = stackOf(changed(TOKEN));
    const cache = resource(stack, "aws_elasticache_replication_group.cache");

    expect(cache).toMatchObject({ lifecycle: { ignore_changes: ["auth_token", "auth_token_update_strategy"] } });
    expect(cache).not.toHaveProperty("auth_token");
    expect(resource(stack, "aws_secretsmanager_secret.secret_REDIS_PASSWORD")).toMatchObject({
      name: "aws/litellm/REDIS_PASSWORD",
    });
    expect(stack.resource.aws_elasticache_user).toBeUndefined();
  });
});

describe("secrets", () => {
  const withSecrets = `${template}
secrets:
  OPENAI_API_KEY: { awsSecretsManager: prod/openai }
  SLACK_WEBHOOK_URL: { awsSecretsManager: "arn:aws:secretsmanager:eu-central-1:111122223333:secret:slack-AbCdEf" }
`;

  test("that are generated are ephemeral, and written once", () => {
    const { ephemeral, resource: resources } = stackOf(template);

    expect(Object.keys(ephemeral.aws_secretsmanager_random_password ?? {})).toEqual(["master_key", "salt_key"]);
    for (const version of Object.values(resources.aws_secretsmanager_secret_version ?? {})) {
      expect(Object.keys(version).filter((name) => name.startsWith("secret_"))).toEqual([
        "secret_id",
        "secret_string_wo",
        "secret_string_wo_version",
      ]);
      expect(version.secret_string_wo).toMatch(
        /^\$\{join\("", \["(sk-)?", ephemeral\.aws_secretsmanager_random_password\.\w+\.random_password\]\)\}$/,
      );
    }
  });

  test("that people fill are containers without a value", () => {
    const stack = stackOf(withSecrets);

    expect(resource(stack, "aws_secretsmanager_secret.secret_OPENAI_API_KEY")).toMatchObject({
      name: "prod/openai",
      recovery_window_in_days: 30,
    });
    expect(Object.keys(stack.resource.aws_secretsmanager_secret_version ?? {})).toEqual(["master_key", "salt_key"]);
  });

  test("that exist already are read by ARN, and not made", () => {
    const { resource: resources, output } = stackOf(withSecrets);

    expect(Object.keys(resources.aws_secretsmanager_secret ?? {})).toEqual(["master_key", "salt_key", "secret_OPENAI_API_KEY"]);
    expect(output.gateway_secrets?.value).toMatchObject({
      SLACK_WEBHOOK_URL: "${data.aws_secretsmanager_secret.secret_SLACK_WEBHOOK_URL.arn}",
    });
  });

  test("the salt key never changes, whatever the code says; the master key changes when it is counted up", () => {
    const counted = stackOf(changed(["cache: {}", "cache: {}\n  secrets: { masterKeyGeneration: 2 }"]));

    expect(resource(counted, "aws_secretsmanager_secret_version.salt_key")).toMatchObject({
      secret_string_wo_version: 1,
      lifecycle: { ignore_changes: ["secret_string_wo_version"], prevent_destroy: true },
    });
    expect(resource(counted, "aws_secretsmanager_secret_version.master_key").secret_string_wo_version).toBe(2);
  });

  test("no reference became text: the engine escapes what it does not know as one", () => {
    expect(synthesizeText(withSecrets)).not.toContain("$${");
  });

  test("nothing from the environment of whoever synthesizes gets in", () => {
    const canary = "sk-canary-4f9a1b2c3d4e5f60";
    process.env.OPENAI_API_KEY = canary;
    process.env.AWS_SECRET_ACCESS_KEY = canary;
    try {
      expect(synthesizeOnce(withSecrets)).not.toContain(canary);
    } finally {
      process.env.OPENAI_API_KEY = "";
      process.env.AWS_SECRET_ACCESS_KEY = "";
    }
  });
});

describe("the gateway's role", () => {
  const policy = (text: string, address: string, attribute: string): readonly Statement[] =>
    JSON.parse(String(resource(stackOf(text), address)[attribute])).Statement;
  const statements = (text: string) => policy(text, "aws_iam_role_policy.gateway", "policy");
  const byId = (text: string, sid: string) => statements(text).find(({ Sid }) => Sid === sid);

  test("may call the models in the model list, through their profiles, and nothing with a wildcard in its name", () => {
    const profile =
      "arn:${data.aws_partition.gateway_partition.partition}:bedrock:eu-central-1:${data.aws_caller_identity.gateway_account.account_id}:inference-profile/eu.anthropic.claude-sonnet-4-5-20250929-v1:0";

    expect(byId(template, "CallProfiles")?.Resource).toEqual([profile]);
    expect(byId(template, "CallModelsOfProfiles")).toMatchObject({
      Resource: [
        "arn:${data.aws_partition.gateway_partition.partition}:bedrock:*::foundation-model/anthropic.claude-sonnet-4-5-20250929-v1:0",
      ],
      Condition: { ArnLike: { "bedrock:InferenceProfileArn": [profile] } },
    });
    expect(byId(template, "CallModels")).toBeUndefined();
    for (const { Action, Resource } of statements(template)) {
      expect(Action.join()).not.toContain("*");
      expect(Resource).not.toContain("*");
    }
  });

  test("reads exactly its secrets; the master password of the database is not among them", () => {
    expect(byId(template, "ReadSecrets")).toMatchObject({
      Action: ["secretsmanager:GetSecretValue"],
      Resource: ["${aws_secretsmanager_secret.master_key.arn}", "${aws_secretsmanager_secret.salt_key.arn}"],
    });
    expect(JSON.stringify(statements(template))).not.toContain("master_user_secret");
  });

  test("signs in to its database as one user, and to its cache as one user", () => {
    expect(byId(template, "DatabaseSignIn")).toMatchObject({
      Action: ["rds-db:connect"],
      Resource: [expect.stringMatching(/:dbuser:\$\{aws_db_instance\.database\.resource_id\}\/litellm$/)],
    });
    expect(byId(template, "CacheSignIn")?.Resource).toEqual([
      "${aws_elasticache_replication_group.cache.arn}",
      "${aws_elasticache_user.cache.arn}",
    ]);
    expect(byId(changed(TOKEN), "CacheSignIn")).toBeUndefined();
  });

  test("writes to the bucket and does not read it", () => {
    expect(byId(template, "WriteLogs")).toBeUndefined();
    expect(byId(changed(BUCKET), "WriteLogs")).toMatchObject({
      Action: ["s3:PutObject"],
      Resource: ["${aws_s3_bucket.audit.arn}/*"],
    });
  });

  test.each([
    ["Pod Identity", template, "aws:RequestTag/kubernetes-service-account", "litellm"],
    ["IRSA", changed(OIDC), "oidc.eks.eu-central-1.amazonaws.com/id/A:sub", "system:serviceaccount:litellm:litellm"],
  ])("is taken on by one service account alone (%s)", (_name, text, variable, value) => {
    const [trust] = policy(text, "aws_iam_role.gateway", "assume_role_policy");

    expect(trust?.Condition).toEqual({ StringEquals: expect.objectContaining({ [variable]: [value] }) });
  });

  test("is not made where nobody is named to take it on", () => {
    const stack = stackOf(changed(["access: { cluster: platform, namespace: litellm, serviceAccount: litellm }\n", "\n"]));

    expect(stack.resource.aws_iam_role?.gateway).toBeUndefined();
    expect(stack.output.gateway_role).toBeUndefined();
  });
});

test("a bucket for requests is private, encrypted, versioned and emptied in time", () => {
  const stack = stackOf(changed(["cache: {}", "cache: {}\n  audit: { bucket: prod-requests, keepDays: 90 }"]));
  const types = Object.keys(stack.resource).filter((type) => type.startsWith("aws_s3_bucket"));

  expect(types).toEqual([
    "aws_s3_bucket",
    "aws_s3_bucket_lifecycle_configuration",
    "aws_s3_bucket_ownership_controls",
    "aws_s3_bucket_policy",
    "aws_s3_bucket_public_access_block",
    "aws_s3_bucket_server_side_encryption_configuration",
    "aws_s3_bucket_versioning",
  ]);
  expect(resource(stack, "aws_s3_bucket_lifecycle_configuration.audit").rule).toMatchObject([{ expiration: [{ days: 90 }] }]);
  expect(resource(stack, "aws_cloudwatch_log_group.audit_gateway").retention_in_days).toBe(90);
});

test("goes to the one account that is named, with the user's tags and its own", () => {
  const stack = stackOf(
    changed(["  region: eu-central-1\n", '  region: eu-central-1\n  account: "111122223333"\n  tags: { Team: platform }\n']),
  );

  expect(stack.provider.aws).toEqual([
    {
      region: "eu-central-1",
      allowed_account_ids: ["111122223333"],
      default_tags: [{ tags: { Team: "platform", Product: "litellm-gateway", Environment: "aws", ManagedBy: "cdktf-litellm" } }],
    },
  ]);
});

test("hands on what exists for the load balancer, and makes nothing of it", () => {
  const certificate = "arn:aws:acm:eu-central-1:111122223333:certificate/1";
  const { output, resource: resources } = stackOf(
    changed(["cache: {}", `cache: {}\n  loadBalancer: { certificate: "${certificate}" }`]),
  );

  expect(output.load_balancer?.value).toEqual({ certificate });
  expect(Object.keys(resources).filter((type) => /^aws_(lb|alb|wafv2|acm)/.test(type))).toEqual([]);
});

test("the state is in S3 with a lock file, under the name of the stack", () => {
  const { terraform } = stackOf(template);

  expect(terraform).toMatchObject({
    backend: {
      s3: { bucket: "my-company-litellm-terraform-state", key: "aws/aws-data.tfstate", encrypt: true, use_lockfile: true },
    },
    required_version: ">= 1.11",
    required_providers: { aws: { source: "aws", version: "5.100.0" } },
  });
});
