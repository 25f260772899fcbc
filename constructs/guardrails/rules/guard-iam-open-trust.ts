import type { Guardrail } from "../guardrail";
import { type Statement, statementsOf } from "../policy";

export const guardIamOpenTrust: Guardrail = {
  id: "guard-iam-open-trust",
  severity: "error",
  summary: "others may take on a role than those it was made for",
  why: "A trust policy that names everyone, or a cluster's identity provider without a condition on the service account (:sub), lets every pod of the cluster be the gateway.",
  repair: "name the principal, and for web identities the subject in a condition on <issuer>:sub",
  check: (stack) =>
    stack.resources("aws_iam_role").flatMap((resource) =>
      (statementsOf(stack, resource.attributes.assume_role_policy) ?? []).filter(isOpen).map(({ principals }) => ({
        resource,
        attribute: "assume_role_policy",
        message: "more than one workload may take on this role",
        got: principals.join(", "),
      })),
    ),
};

function isOpen({ allows, principals, conditions }: Statement): boolean {
  if (!allows) return false;
  const isFederated = principals.some((principal) => principal.startsWith("Federated: "));
  return principals.includes("*") || (isFederated && !conditions.some((key) => key.endsWith(":sub")));
}
