import type { ProxyRule } from "./proxy-rule";

/** Settings that have LiteLLM read a name or a tag from a header of the client, with what would be read. */
const SETTINGS: readonly (readonly [path: readonly string[], read: string])[] = [
  [["general_settings", "user_header_name"], "the end user"],
  [["general_settings", "user_header_mappings"], "users"],
  [["litellm_settings", "extra_spend_tag_headers"], "tags"],
];

/** Headers that clients choose do not come through. */
export const otherHeader: ProxyRule = {
  id: "identity-header-dropped",
  severity: "warning",
  summary: "LiteLLM is told to read an identity from a header that the identity proxy removes",
  why: "Behind the identity proxy such a header never arrives, so the setting does nothing. Past the proxy, whoever reaches LiteLLM with a key can be anybody by it (litellm/proxy/auth/auth_utils.py, LiteLLM 1.108.10).",
  repair: "remove it: the proxy writes x-litellm-end-user-id and x-litellm-tags, which LiteLLM reads without a setting",
  check: (context) =>
    SETTINGS.flatMap(([path, read]) => {
      const at = ["litellm", "config", ...path];
      const value = context.value(at);
      if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return [];
      const message = `this reads ${read} from a header of the client, and the identity proxy lets none of them through`;
      return [context.atName(otherHeader, at, { message })];
    }),
};
