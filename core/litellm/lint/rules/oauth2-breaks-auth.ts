import { hasLicence } from "../licence";
import type { LintRule } from "../lint-rule";

/** Token introspection without a licence. */
export const oauth2BreaksAuth: LintRule = {
  id: "oauth2-breaks-auth",
  severity: "error",
  summary: "enable_oauth2_auth without a licence breaks authentication",
  why: "It is introspection of API tokens, not sign-in to the UI, and it is sold: without a licence every request to a model is refused with 403, virtual keys included (litellm/proxy/auth/user_api_key_auth.py, LiteLLM 1.108.10). People set it for single sign-on, which needs only the GENERIC_* variables and PROXY_BASE_URL.",
  repair: "remove it; for sign-in to the UI set GENERIC_CLIENT_ID and its kin",
  check: (context) => {
    const path = ["general_settings", "enable_oauth2_auth"];
    if (!context.isOn(path) || hasLicence(context)) return [];
    const message = "without an enterprise licence every request to a model is refused with 403";
    return [context.foundAtName(oauth2BreaksAuth, path, { message, repair: oauth2BreaksAuth.repair })];
  },
};
