import { readFileSync } from "node:fs";
import { join } from "node:path";
import { judgeStack, type StackJson } from "../../constructs";
import { loadEnvironment } from "../../core/config";
import { addEnvironmentStacks } from "../../stacks";
import { synthesize } from "../support/synth";
import { tempProject } from "../support/temp-project";

const project = tempProject();
const TEMPLATE = join(__dirname, "..", "..", "templates", "environments", "aws.yaml");
const places = { projectFolder: "../../..", environmentFile: "environments/prod.yaml", toolkit: "cdktf-litellm" };
let text = "";

/** The production template, with a bucket for what LiteLLM logs. */
beforeAll(() => {
  const template = readFileSync(TEMPLATE, "utf8").replace(/^aws:\n/m, "aws:\n  audit: { bucket: prod-litellm-requests }\n");
  const { environment } = loadEnvironment(project.write("prod.yaml", template), "2026-11-21");
  if (!environment) throw new Error("the template has errors");
  [text = ""] = Object.values(synthesize((app) => addEnvironmentStacks(app, environment, places)));
});

/** Where each guard stands in what is really synthesized: a renamed attribute or address makes one of these red. */
const GUARDS: readonly (readonly [rule: string, address: string, attribute: string, off: unknown])[] = [
  ["guard-bucket-force-destroy", "aws_s3_bucket.audit", "force_destroy", true],
  ["guard-bucket-public", "aws_s3_bucket_public_access_block.audit", "block_public_policy", false],
  ["guard-bucket-unencrypted", "aws_s3_bucket_server_side_encryption_configuration.audit", "bucket", "another"],
  ["guard-bucket-unversioned", "aws_s3_bucket_versioning.audit", "versioning_configuration", { status: "Suspended" }],
  ["guard-bucket-without-tls", "aws_s3_bucket_policy.audit", "policy", "{}"],
  ["guard-cache-single-zone", "aws_elasticache_replication_group.cache", "automatic_failover_enabled", false],
  ["guard-cache-unencrypted", "aws_elasticache_replication_group.cache", "at_rest_encryption_enabled", "false"],
  ["guard-cache-without-sign-in", "aws_elasticache_replication_group.cache", "user_group_ids", []],
  ["guard-cache-without-tls", "aws_elasticache_replication_group.cache", "transit_encryption_mode", "preferred"],
  ["guard-database-public", "aws_db_instance.database", "publicly_accessible", true],
  ["guard-database-short-backups", "aws_db_instance.database", "backup_retention_period", 0],
  ["guard-database-single-zone", "aws_db_instance.database", "multi_az", false],
  ["guard-database-unencrypted", "aws_db_instance.database", "storage_encrypted", false],
  ["guard-database-without-deletion-protection", "aws_db_instance.database", "deletion_protection", false],
  ["guard-database-without-final-snapshot", "aws_db_instance.database", "skip_final_snapshot", true],
  ["guard-database-without-logs", "aws_db_instance.database", "enabled_cloudwatch_logs_exports", []],
  ["guard-database-without-tls", "aws_db_parameter_group.database", "parameter", []],
  ["guard-destroyable", "aws_db_instance.database", "lifecycle", {}],
  ["guard-destroyable", "aws_kms_key.secrets_key", "lifecycle", {}],
  ["guard-destroyable", "aws_s3_bucket.audit", "lifecycle", {}],
  ["guard-iam-open-trust", "aws_iam_role.gateway", "assume_role_policy", allowing({ Principal: "*", Action: "sts:AssumeRole" })],
  ["guard-iam-wildcard", "aws_iam_role_policy.gateway", "policy", allowing({ Action: "bedrock:*", Resource: "*" })],
  ["guard-key-short-deletion-window", "aws_kms_key.data_key", "deletion_window_in_days", 7],
  ["guard-key-without-rotation", "aws_kms_key.data_key", "enable_key_rotation", false],
  ["guard-literal-secret", "aws_secretsmanager_secret_version.master_key", "secret_string_wo", "correct horse battery staple"],
  ["guard-logs-for-ever", "aws_cloudwatch_log_group.audit_gateway", "retention_in_days", 0],
  ["guard-logs-unencrypted", "aws_cloudwatch_log_group.audit_gateway", "kms_key_id", null],
  [
    "guard-open-ingress",
    "aws_security_group.database",
    "ingress",
    [{ cidr_blocks: ["0.0.0.0/0"], from_port: 5432, to_port: 5432 }],
  ],
  ["guard-policy-for-everyone", "aws_kms_key.data_key", "policy", allowing({ Principal: "*", Action: "kms:*", Resource: "*" })],
  ["guard-secret-in-state", "aws_db_instance.database", "password", "${var.password}"],
  ["guard-secret-without-recovery", "aws_secretsmanager_secret.salt_key", "recovery_window_in_days", 0],
];

test("the production template has every guard on", () => {
  expect(judgeStack(JSON.parse(text))).toEqual([]);
});

test.each(GUARDS)("%s notices %s.%s", (rule, address, attribute, off) => {
  const stack = JSON.parse(text) as { resource: Record<string, Record<string, Record<string, unknown>>> };
  const [type = "", name = ""] = address.split(".");
  const attributes = stack.resource[type]?.[name];

  expect(attributes).toBeDefined();
  Object.assign(attributes ?? {}, { [attribute]: off });
  expect([...new Set(judgeStack(stack as StackJson).map((finding) => finding.rule))]).toEqual([rule]);
});

function allowing(statement: object): string {
  return JSON.stringify({ Statement: [{ Effect: "Allow", ...statement }] });
}
