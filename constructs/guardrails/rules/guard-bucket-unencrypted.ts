import type { Guardrail } from "../guardrail";
import { names } from "../values";

export const guardBucketUnencrypted: Guardrail = {
  id: "guard-bucket-unencrypted",
  severity: "error",
  elsewhere: "warning",
  summary: "a bucket's encryption is left to the default",
  why: "S3 encrypts with a key of its own, which everyone who may read the objects may use. With a key of yours, reading needs leave for the key too, and leaves a trace.",
  repair: "add aws_s3_bucket_server_side_encryption_configuration",
  check: (stack) => {
    const configured = stack.resources("aws_s3_bucket_server_side_encryption_configuration");
    return stack
      .resources("aws_s3_bucket")
      .filter((bucket) => !configured.some(({ attributes }) => names(attributes.bucket, bucket)))
      .map((resource) => ({ resource, message: "nothing says how it is encrypted" }));
  },
};
