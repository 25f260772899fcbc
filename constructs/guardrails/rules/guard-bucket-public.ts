import type { Guardrail } from "../guardrail";
import type { Resource, StackView } from "../stack-view";
import { isTrue, names } from "../values";

const SWITCHES = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"];

export const guardBucketPublic: Guardrail = {
  id: "guard-bucket-public",
  severity: "error",
  summary: "a bucket may be made public",
  why: "One policy or one access list, written later by somebody in a hurry, opens it to everyone. The public access block refuses both.",
  repair: `add aws_s3_bucket_public_access_block with ${SWITCHES.join(", ")} = true`,
  check: (stack) =>
    stack
      .resources("aws_s3_bucket")
      .filter((bucket) => !isBlocked(stack, bucket))
      .map((resource) => ({ resource, message: "public access is not blocked" })),
};

function isBlocked(stack: StackView, bucket: Resource): boolean {
  const blocks = stack.resources("aws_s3_bucket_public_access_block");
  return blocks.some(({ attributes }) => names(attributes.bucket, bucket) && SWITCHES.every((name) => isTrue(attributes[name])));
}
