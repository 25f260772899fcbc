import type { KeysRule } from "./context";

/** Flags that LiteLLM tests with `is True` (litellm/proxy/litellm_pre_call_utils.py, LiteLLM 1.83.14). */
const FLAGS = new Set(["allow_client_tags", "allow_client_mock_response", "allow_client_message_redaction_opt_out"]);

/** A flag that is no boolean. */
export const keysFlagAsText: KeysRule = {
  id: "keys-flag-as-text",
  severity: "error",
  summary: "a flag in metadata is text and not a boolean",
  why: 'LiteLLM compares it with `is True`: "true" is as good as false.',
  repair: "write true or false without quotes",
  check: (context) =>
    (["keys", "teams"] as const).flatMap((kind) =>
      context.entries(kind).flatMap(([name, { metadata = {} }]) =>
        wrongFlags(metadata).map((flag) =>
          context.found(keysFlagAsText, [kind, name, "metadata", flag], {
            message: `${flag} counts only as a boolean`,
            got: JSON.stringify(metadata[flag]),
            repair: keysFlagAsText.repair,
          }),
        ),
      ),
    ),
};

function wrongFlags(metadata: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(metadata).filter((name) => FLAGS.has(name) && typeof metadata[name] !== "boolean");
}
