import type { Guardrail } from "../guardrail";
import { isBlock } from "../values";

/** One version, or a range that stays within one major version. */
const PINNED = /^\s*(=?\s*v?\d+\.\d+\.\d+(-[\w.]+)?|~>\s*v?\d+\.\d+(\.\d+)?)\s*$|<\s*=?\s*v?\d/;

export const guardProviderUnpinned: Guardrail = {
  id: "guard-provider-unpinned",
  severity: "error",
  summary: "a provider's version is open",
  why: "The next run takes whatever was published since. A major version removes arguments and replaces resources, and nobody has reviewed it.",
  repair: 'pin it in required_providers, such as "5.100.0" or "~> 5.100"',
  check: (stack) => {
    const required = isBlock(stack.terraform.required_providers) ? stack.terraform.required_providers : {};
    return Object.entries(required).flatMap(([name, written]) => {
      const version = isBlock(written) ? written.version : written;
      if (typeof version === "string" && PINNED.test(version)) return [];
      const got = typeof version === "string" ? JSON.stringify(version) : "no version";
      return [{ attribute: `terraform.required_providers.${name}`, message: `any version of ${name} may be used`, got }];
    });
  },
};
