import type { Guardrail, Violation } from "../guardrail";
import type { StackView } from "../stack-view";
import { isBlock, isTrue } from "../values";

export const guardStateUnprotected: Guardrail = {
  id: "guard-state-unprotected",
  severity: "error",
  elsewhere: "note",
  summary: "a stack's state is not kept safely",
  why: "The state says what belongs to whom. In a file it is lost with the machine, two people write over each other, and nobody else can repair anything.",
  repair: "keep it in S3: state: { s3: { bucket, region } }; cdktf-litellm state init makes the bucket",
  check: (stack) => (isMadeOfTerraformAlone(stack) ? [] : violations(stack)),
};

/** `terraform_data` describes what is on this machine, so its state belongs there too. */
function isMadeOfTerraformAlone(stack: StackView): boolean {
  return stack.resources().every(({ type }) => type === "terraform_data");
}

function violations({ terraform }: StackView): Violation[] {
  const backend = isBlock(terraform.backend) ? terraform.backend : {};
  const attribute = "terraform.backend";
  if ("local" in backend || Object.keys(backend).length === 0)
    return [{ attribute, message: "the state is a file on one machine", got: "local" }];
  if (!isBlock(backend.s3)) return [];
  const off = ["encrypt", "use_lockfile"].filter((name) => !isBlock(backend.s3) || !isTrue(backend.s3[name]));
  return off.map((name) => ({
    attribute: `${attribute}.s3.${name}`,
    message: name === "encrypt" ? "the state is not encrypted" : "two runs at once would write over each other",
    repair: `set ${name} = true`,
  }));
}
