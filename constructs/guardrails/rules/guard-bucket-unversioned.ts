import type { Guardrail } from "../guardrail";
import { blocks, names } from "../values";

export const guardBucketUnversioned: Guardrail = {
  id: "guard-bucket-unversioned",
  severity: "error",
  elsewhere: "note",
  summary: "a bucket keeps no former versions",
  why: "An overwritten or deleted log is gone. For an audit that is the same as never written.",
  repair: "add aws_s3_bucket_versioning with status Enabled",
  check: (stack) => {
    const enabled = stack
      .resources("aws_s3_bucket_versioning")
      .filter(({ attributes }) => blocks(attributes.versioning_configuration).some(({ status }) => status === "Enabled"));
    return stack
      .resources("aws_s3_bucket")
      .filter((bucket) => !enabled.some(({ attributes }) => names(attributes.bucket, bucket)))
      .map((resource) => ({ resource, message: "what is overwritten or deleted is gone" }));
  },
};
