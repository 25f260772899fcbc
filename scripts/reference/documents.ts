import * as z from "zod";
import { GUARDRAILS } from "../../constructs/guardrails";
import { DEFAULT_LITELLM_VERSION, environmentSchema } from "../../core/config";
import { EXPLAINED_RULES } from "../../core/explain";
import type { Rule } from "../../core/findings";
import { keysSchema } from "../../core/keys";
import { litellmConfigJsonSchema } from "../../core/litellm";
import { SETTINGS_RULES } from "../../proxy/src/settings";
import { keyReportSchema, spendReportSchema } from "../../tools/keys";
import { awsTestsPage } from "./aws-tests-page";
import { guardrailsPage } from "./guardrails-page";
import { litellmPages } from "./litellm-pages";
import { catalogueOf } from "./litellm-tables";
import { reportSchema } from "./report-schema";

type JsonSchema = z.core.JSONSchema._JSONSchema;

/** A generated file, relative to the root of the repository. */
export interface GeneratedDocument {
  readonly file: string;
  readonly text: string;
}

/** Everything under docs/ that is made from the code. A test holds the files against it. */
export function referenceDocuments(): GeneratedDocument[] {
  return [
    { file: "docs/reference/environment.schema.json", text: json(environmentJsonSchema()) },
    {
      file: "docs/reference/findings.schema.json",
      text: json(titled("findings of cdktf-litellm", z.toJSONSchema(reportSchema))),
    },
    {
      file: "docs/reference/keys.schema.json",
      text: json(titled("a keys file of cdktf-litellm", z.toJSONSchema(keysSchema, { io: "input", unrepresentable: "any" }))),
    },
    {
      file: "docs/reference/keys-report.schema.json",
      text: json(titled("keys report of cdktf-litellm", z.toJSONSchema(keyReportSchema))),
    },
    {
      file: "docs/reference/keys-spend.schema.json",
      text: json(titled("keys report --spend of cdktf-litellm", z.toJSONSchema(spendReportSchema))),
    },
    { file: "docs/errors.md", text: errorsPage([...EXPLAINED_RULES, ...Object.values(SETTINGS_RULES), ...GUARDRAILS]) },
    { file: "docs/reference/guardrails.md", text: guardrailsPage() },
    { file: "docs/reference/aws-tests.md", text: awsTestsPage(process.cwd()) },
    ...litellmPages(),
  ];
}

function environmentJsonSchema(): object {
  const schema = z.toJSONSchema(environmentSchema, { io: "input", unrepresentable: "any" });
  const litellm = schema.properties?.litellm;
  if (typeof litellm !== "object" || !litellm.properties) throw new Error("the environment schema has no litellm block");
  const path: JsonSchema = { type: "string", description: "path of a LiteLLM configuration file, relative to this one" };
  litellm.properties.config = { anyOf: [path, litellmConfigJsonSchema(catalogueOf(DEFAULT_LITELLM_VERSION))] };
  const base: JsonSchema = { type: "string", description: "an environment file that this one is laid over, relative to it" };
  // With `extends`, any name may stand in the other file.
  return titled("an environment of cdktf-litellm", {
    ...schema,
    properties: { extends: base, ...schema.properties },
    required: [],
  });
}

function titled(title: string, schema: object): object {
  return { ...schema, title };
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function errorsPage(rules: readonly Rule[]): string {
  const sorted = [...rules].sort((a, b) => (a.id < b.id ? -1 : 1));
  const sections = sorted.map((rule) =>
    [
      `## ${rule.id}`,
      "",
      `${capital(rule.summary)} (${rule.severity}${rule.waivable === false ? ", cannot be waived" : ""}).`,
      "",
      rule.why,
      "",
      `**What to do:** ${rule.repair}.`,
      "",
    ].join("\n"),
  );
  const head = [
    "# Findings, by rule",
    "",
    "Made from the rules themselves by `npm run reference`. A waiver in the environment file names a rule by its id.",
    "Rules that begin with `proxy-` are about the settings file of the identity proxy.",
    "",
  ];
  return [...head, ...sections].join("\n");
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
