import * as z from "zod";
import { REPORT_VERSION } from "../../core/findings";

const place = z.strictObject({ file: z.string(), line: z.int().min(1), column: z.int().min(1) });

const finding = z.strictObject({
  rule: z.string().meta({ description: "the rule's id; docs/errors.md explains it" }),
  severity: z.enum(["error", "warning", "note"]),
  place: place.optional(),
  path: z.string().meta({ description: "where in the tree, such as litellm.config.model_list[3].model_name" }),
  message: z.string(),
  got: z.string().optional(),
  expected: z.string().optional(),
  repair: z.string().optional(),
  waiver: z.strictObject({ owner: z.string(), reason: z.string(), until: z.iso.date() }).optional(),
});

const count = z.int().min(0);

/** What the JSON report looks like: the source of `docs/reference/findings.schema.json`. */
export const reportSchema = z.strictObject({
  reportVersion: z.literal(REPORT_VERSION),
  tool: z.strictObject({ name: z.string(), version: z.string() }),
  files: z.array(z.string()),
  counts: z.strictObject({ errors: count, warnings: count, notes: count, waived: count }),
  findings: z.array(finding),
});
