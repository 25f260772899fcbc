import type { Guardrail } from "../guardrail";
import type { Resource } from "../stack-view";
import { type Block, blocks, isSet } from "../values";

/** Arguments that Terraform keeps in clear in plan and state, and what to write in their place. AWS provider 5.100.0. */
const KEPT: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aws_cognito_identity_provider: { "provider_details.client_secret": "set it outside Terraform" },
  aws_db_instance: { password: "use manage_master_user_password, or password_wo" },
  aws_elasticache_replication_group: { auth_token: "use user_group_ids with IAM, or set the token outside Terraform" },
  aws_elasticache_user: { passwords: "use authentication_mode of type iam", "authentication_mode.passwords": "use type iam" },
  aws_lb_listener: { "default_action.authenticate_oidc.client_secret": "sign people in with oauth2-proxy" },
  aws_lb_listener_rule: { "action.authenticate_oidc.client_secret": "sign people in with oauth2-proxy" },
  aws_rds_cluster: { master_password: "use manage_master_user_password, or master_password_wo" },
  aws_secretsmanager_secret_version: { secret_string: "use secret_string_wo", secret_binary: "use secret_string_wo" },
  aws_ssm_parameter: { value: "use value_wo" },
  kubernetes_secret: { data: "use data_wo", binary_data: "use binary_data_wo" },
  kubernetes_secret_v1: { data: "use data_wo", binary_data: "use binary_data_wo" },
  random_password: { length: "use an ephemeral random value with a write-only argument" },
  tls_private_key: { algorithm: "use an ephemeral key with a write-only argument" },
};

export const guardSecretInState: Guardrail = {
  id: "guard-secret-in-state",
  severity: "error",
  summary: "a secret's value would stand in Terraform's state",
  why: "Plan and state hold it in clear, whatever hides it on the screen: everyone who may read the state has it, and every former version of the state keeps it.",
  repair: "use a write-only argument or a secret that AWS manages",
  check: (stack) =>
    stack.resources(...Object.keys(KEPT)).flatMap((resource) =>
      Object.entries(KEPT[resource.type] ?? {})
        .filter(([path]) => isPlainParameter(resource) === false && isWritten(resource.attributes, path.split(".")))
        .map(([path, repair]) => ({
          resource,
          attribute: path,
          message: "the value would stand in plan and state in clear",
          got: "a hidden value",
          repair,
        })),
    ),
};

function isPlainParameter({ type, attributes }: Resource): boolean {
  return type === "aws_ssm_parameter" && attributes.type !== "SecureString";
}

function isWritten(block: Block, [name = "", ...rest]: readonly string[]): boolean {
  if (rest.length === 0) return isSet(block[name]);
  return blocks(block[name]).some((inner) => isWritten(inner, rest));
}
