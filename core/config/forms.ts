import * as z from "zod";

/**
 * Text of a form; `what` says in an error what is expected. What ends in Terraform has one: text that Terraform takes for an
 * expression, or the engine for one of its marks, fits none of them.
 */
export const form = (pattern: RegExp, what: string) =>
  z.string().regex(pattern, "this has another form").meta({ description: what });

/** A region of AWS. */
export const region = form(/^[a-z]{2}(-[a-z]+)+-\d$/, "a region such as eu-central-1");

/** A bucket of Amazon S3. */
export const bucketName = form(
  /^(?!xn--)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  "a name of a bucket: lower-case letters, digits, dots and hyphens",
);
