import type { StackView } from "./stack-view";
import { type Block, blocks, isBlock, texts } from "./values";

/** A statement of an IAM policy, however it was written. */
export interface Statement {
  readonly allows: boolean;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** `*` for everyone, else `AWS: arn...`, `Service: ...`, `Federated: ...`. */
  readonly principals: readonly string[];
  /** The names of the keys that it depends on, lower case: `aws:securetransport`. */
  readonly conditions: readonly string[];
  /** It says what it is not about: `not_actions`, `NotResource` ... */
  readonly inverted: boolean;
}

const DOCUMENT = /^\$\{data\.aws_iam_policy_document\.([^.}]+)\.json\}$/;

/** The statements of a policy, or undefined where they cannot be read before the plan. */
export function statementsOf(stack: StackView, policy: unknown): Statement[] | undefined {
  if (typeof policy !== "string") return undefined;
  const [, name] = DOCUMENT.exec(policy) ?? [];
  if (name !== undefined) {
    const document = stack.data("aws_iam_policy_document", name);
    if (!document || document.source_policy_documents || document.override_policy_documents) return undefined;
    return blocks(document.statement).map(fromDocument);
  }
  const parsed = parse(policy);
  return parsed && blocks(parsed.Statement).map(fromJson);
}

function parse(text: string): Block | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return isBlock(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function fromDocument(statement: Block): Statement {
  return {
    allows: (statement.effect ?? "Allow") === "Allow",
    actions: texts(statement.actions),
    resources: texts(statement.resources),
    principals: blocks(statement.principals).flatMap(({ type, identifiers }) =>
      texts(identifiers).map((identifier) => (identifier === "*" ? "*" : `${type}: ${identifier}`)),
    ),
    conditions: blocks(statement.condition).flatMap(({ variable }) => texts(variable).map((key) => key.toLowerCase())),
    inverted: ["not_actions", "not_resources", "not_principals"].some((key) => key in statement),
  };
}

function fromJson(statement: Block): Statement {
  const principal = isBlock(statement.Principal) ? Object.entries(statement.Principal) : [["", statement.Principal] as const];
  const condition = isBlock(statement.Condition) ? Object.values(statement.Condition) : [];
  return {
    allows: statement.Effect === "Allow",
    actions: texts(statement.Action),
    resources: texts(statement.Resource),
    principals: principal.flatMap(([type, value]) => texts(value).map((text) => (text === "*" ? "*" : `${type}: ${text}`))),
    conditions: condition.filter(isBlock).flatMap((keys) => Object.keys(keys).map((key) => key.toLowerCase())),
    inverted: ["NotAction", "NotResource", "NotPrincipal"].some((key) => key in statement),
  };
}
