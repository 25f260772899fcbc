import { isSecret } from "../../../core/findings";
import type { Guardrail } from "../guardrail";
import { isBlock, isExpression } from "../values";

export const guardLiteralSecret: Guardrail = {
  id: "guard-literal-secret",
  severity: "error",
  summary: "a secret is written into a resource as text",
  why: "Write-only arguments keep a value out of the state, not out of the file: as text it stands in cdk.tf.json and in every saved plan.",
  repair: "give a reference: an ephemeral value, or a secret's ARN",
  check: (stack) =>
    stack
      .resources()
      // What Terraform itself runs is the local target's, whose configuration the rules about LiteLLM judge.
      .filter(({ type }) => type !== "terraform_data")
      .flatMap((resource) =>
        textsOf(resource.attributes)
          .filter(({ path, text }) => !isExpression(text) && looksSecret(path, text))
          .map(({ path }) => ({
            resource,
            attribute: path.join("."),
            message: "this looks like a secret, written as text",
            got: "a hidden value",
          })),
      ),
};

/** Of a write-only argument every text is a secret; elsewhere only what has the shape of one. */
function looksSecret(path: readonly string[], text: string): boolean {
  const name = path.at(-1) ?? "";
  return (name.endsWith("_wo") && text !== "") || isSecret("", text);
}

interface WrittenText {
  readonly path: readonly string[];
  readonly text: string;
}

function textsOf(value: unknown, path: readonly string[] = []): WrittenText[] {
  if (typeof value === "string") return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((item) => textsOf(item, path));
  if (!isBlock(value)) return [];
  // The comment is the engine's, not Terraform's.
  return Object.entries(value).flatMap(([key, inner]) => (key === "//" ? [] : textsOf(inner, [...path, key])));
}
