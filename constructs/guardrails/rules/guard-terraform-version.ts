import type { Guardrail } from "../guardrail";
import { isSet } from "../values";

export const guardTerraformVersion: Guardrail = {
  id: "guard-terraform-version",
  severity: "error",
  summary: "a stack does not say which Terraform it needs",
  why: "An older Terraform does not know write-only arguments or S3's lock file. It should refuse, and not do half of it.",
  repair: 'set terraform.required_version, such as ">= 1.11"',
  check: (stack) =>
    isSet(stack.terraform.required_version)
      ? []
      : [{ attribute: "terraform.required_version", message: "any Terraform is accepted" }],
};
