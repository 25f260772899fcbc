import type { Guardrail, Violation } from "../guardrail";
import { statementsOf } from "../policy";
import type { StackView } from "../stack-view";

/** Actions that AWS offers for all resources only. */
const UNSCOPED =
  /^(ecr:GetAuthorizationToken|sts:GetCallerIdentity|secretsmanager:(ListSecrets|GetRandomPassword)|bedrock:List\w+|cloudwatch:PutMetricData|xray:Put\w+)$/;

export const guardIamWildcard: Guardrail = {
  id: "guard-iam-wildcard",
  severity: "error",
  summary: "a role may do more than was thought of",
  why: "A wildcard grows with every action that AWS adds, and with every resource that anybody makes: bedrock:* on * also deletes models and their logging.",
  repair: "name the actions, and the ARNs that they are for",
  check: (stack) =>
    stack
      .resources("aws_iam_policy", "aws_iam_role_policy", "aws_iam_user_policy", "aws_iam_group_policy")
      .flatMap((resource) =>
        wildcards(stack, resource.attributes.policy).map((violation) => ({ resource, attribute: "policy", ...violation })),
      ),
};

function wildcards(stack: StackView, policy: unknown): Violation[] {
  const statements = statementsOf(stack, policy);
  if (!statements) {
    const message = "the policy cannot be read before the plan, so nobody knows what it allows";
    return [
      { message, got: "an expression", repair: "write the policy as JSON, or as an aws_iam_policy_document of this stack" },
    ];
  }
  const allowing = statements.filter(({ allows }) => allows);
  const actions = allowing.flatMap((statement) => statement.actions.filter((action) => /(^|:)\*$/.test(action)));
  const everywhere = allowing
    .filter(({ resources }) => resources.includes("*"))
    .flatMap((statement) => statement.actions.filter((action) => !actions.includes(action) && !UNSCOPED.test(action)));
  return [
    ...actions.map((action) => ({ message: "every action of a service is allowed", got: action })),
    ...everywhere.map((action) => ({ message: `${action} is allowed on every resource`, got: "*" })),
    ...allowing
      .filter(({ inverted }) => inverted)
      .map(() => ({ message: "everything but what is named is allowed", got: "a not_ clause" })),
  ];
}
