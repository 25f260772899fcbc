import { nearestName } from "../../../findings";
import { ownValue } from "../../../source";
import { isFrom } from "../../release";
import type { LintRule } from "../lint-rule";

/** The first release looked at that starts without such a guardrail; 1.96.2 does not start. */
const FAILS_OPEN_SINCE = "1.100.5";

/** Names of older releases, of documentation and of other people, and what they are called. */
const OWN_NAMES: Readonly<Record<string, string>> = {
  lakera_guard: "lakera_v2",
  lakera_ai: "lakera_v2",
  "bedrock/guardrail": "bedrock",
};

/** A guardrail of a kind that LiteLLM does not know. */
export const guardrailUnknown: LintRule = {
  id: "guardrail-unknown",
  severity: "error",
  summary: "LiteLLM knows no guardrail of this kind",
  why: "From LiteLLM 1.100.5 on LiteLLM skips it and starts: requests pass unchecked; 1.96.2 and earlier do not start. The log says: proxy is starting WITHOUT this guardrail (litellm/proxy/guardrails/init_guardrails.py, tried with LiteLLM 1.108.10).",
  repair: "write a kind that LiteLLM knows, or the path of a Python class",
  check: (context) => {
    const known = context.catalogue.enumerations.guardrail_integrations ?? [];
    return context.items(["guardrails"]).flatMap((_, index) => {
      const path = ["guardrails", index, "litellm_params", "guardrail"];
      const kind = context.text(path);
      if (kind === undefined || kind.includes(".") || known.includes(kind)) return [];
      const effect = isFrom(context.version, FAILS_OPEN_SINCE) ? "and starts without it" : "and does not start";
      const near = ownValue(OWN_NAMES, kind) ?? nearestName(kind, known);
      return [
        context.found(guardrailUnknown, path, {
          message: `LiteLLM ${context.version} knows no guardrail ${kind}, ${effect}`,
          repair: near ? `did you mean ${near}?` : guardrailUnknown.repair,
        }),
      ];
    });
  },
};
