import type { Guardrail } from "../guardrail";
import { statementsOf } from "../policy";
import type { Resource, StackView } from "../stack-view";
import { names } from "../values";

export const guardBucketWithoutTls: Guardrail = {
  id: "guard-bucket-without-tls",
  severity: "error",
  elsewhere: "warning",
  summary: "a bucket answers without TLS",
  why: "S3 still serves plain HTTP. Only a policy that denies every action without aws:SecureTransport refuses it.",
  repair: "add a bucket policy that denies s3:* where aws:SecureTransport is false",
  check: (stack) =>
    stack
      .resources("aws_s3_bucket")
      .filter((bucket) => !refusesPlain(stack, bucket))
      .map((resource) => ({ resource, message: "requests without TLS are answered" })),
};

function refusesPlain(stack: StackView, bucket: Resource): boolean {
  const own = stack.resources("aws_s3_bucket_policy").filter(({ attributes }) => names(attributes.bucket, bucket));
  const statements = own.flatMap(({ attributes }) => statementsOf(stack, attributes.policy) ?? []);
  return statements.some(
    ({ allows, actions, principals, conditions }) =>
      !allows && actions.includes("s3:*") && principals.includes("*") && conditions.includes("aws:securetransport"),
  );
}
