import type { LintContext } from "./context";

/** Whether an enterprise licence is declared: in the configuration, or among the gateway's variables. */
export function hasLicence(context: LintContext): boolean {
  return context.has(["general_settings", "litellm_license"]) || context.hasVariable("LITELLM_LICENSE") === true;
}
