import type { Guardrail } from "../guardrail";
import { isSet } from "../values";

export const guardBucketForceDestroy: Guardrail = {
  id: "guard-bucket-force-destroy",
  severity: "error",
  elsewhere: "note",
  summary: "destroying a bucket deletes all that is in it",
  why: "Without force_destroy AWS refuses to delete a bucket that is not empty, which is the last guard of what is in it.",
  repair: "remove force_destroy, and empty the bucket by hand when it is really meant",
  check: (stack) =>
    stack
      .resources("aws_s3_bucket")
      .filter(({ attributes: { force_destroy: force } }) => isSet(force) && force !== false && force !== "false")
      .map((resource) => ({ resource, attribute: "force_destroy", message: "its objects would be deleted with it" })),
};
