import type { Guardrail } from "../guardrail";
import { isSet, isTrue } from "../values";

export const guardKeyWithoutRotation: Guardrail = {
  id: "guard-key-without-rotation",
  severity: "error",
  elsewhere: "warning",
  summary: "a KMS key does not rotate",
  why: "Rotation costs no change anywhere: AWS keeps the former key material to decrypt with. Most audits ask for it.",
  repair: "set enable_key_rotation = true",
  check: (stack) =>
    stack
      .resources("aws_kms_key")
      // Only symmetric encryption keys can rotate by themselves.
      .filter(({ attributes: { key_usage: usage, customer_master_key_spec: spec } }) => !isSet(usage) && !isSet(spec))
      .filter(({ attributes }) => !isTrue(attributes.enable_key_rotation))
      .map((resource) => ({ resource, attribute: "enable_key_rotation", message: "the key keeps its material for ever" })),
};
