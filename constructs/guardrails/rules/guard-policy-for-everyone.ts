import type { Guardrail } from "../guardrail";
import { statementsOf } from "../policy";

/** Which argument holds the policy that a resource carries itself. */
const CARRIERS: Readonly<Record<string, string>> = {
  aws_kms_key: "policy",
  aws_kms_key_policy: "policy",
  aws_s3_bucket_policy: "policy",
  aws_secretsmanager_secret_policy: "policy",
  aws_sns_topic_policy: "policy",
  aws_sqs_queue_policy: "policy",
};
/** Conditions that leave only principals of one account, organisation or network. */
const NARROWING =
  /^aws:(principalaccount|principalorgid|principalarn|sourceaccount|sourcearn|sourcevpc|sourcevpce|sourceorgid)$|^kms:calleraccount$/;

export const guardPolicyForEveryone: Guardrail = {
  id: "guard-policy-for-everyone",
  severity: "error",
  summary: "a resource's own policy lets everyone in",
  why: "Principal * means every account of AWS, and for buckets everybody without one. IAM in your account no longer decides.",
  repair: "name the principals, or add a condition on their account or organisation",
  check: (stack) =>
    stack.resources(...Object.keys(CARRIERS)).flatMap((resource) => {
      const attribute = CARRIERS[resource.type] ?? "policy";
      const statements = statementsOf(stack, resource.attributes[attribute]) ?? [];
      const open = statements.filter(
        ({ allows, principals, conditions }) =>
          allows && principals.includes("*") && !conditions.some((key) => NARROWING.test(key)),
      );
      return open.map(({ actions }) => ({ resource, attribute, message: "everyone is allowed in", got: actions.join(", ") }));
    }),
};
