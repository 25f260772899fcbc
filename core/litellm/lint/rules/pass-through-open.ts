import type { LintRule } from "../lint-rule";

/** A pass-through endpoint that asks nobody for a key. */
export const passThroughOpen: LintRule = {
  id: "pass-through-open",
  severity: "warning",
  summary: "a pass-through endpoint asks nobody for a key",
  why: "An endpoint of the configuration file asks for a LiteLLM key only where auth is true; the default of true belongs to endpoints made through the API. Whoever reaches the gateway may use it, and the headers written here, with their provider key, go along (_register_pass_through_endpoint in litellm/proxy/pass_through_endpoints/pass_through_endpoints.py, LiteLLM 1.108.10).",
  repair: "add auth: true, or auth: false where it is meant for everybody",
  check: (context) =>
    context
      .items(["general_settings", "pass_through_endpoints"])
      .map((_, index) => ["general_settings", "pass_through_endpoints", index])
      .filter((path) => context.node(path)?.kind === "map" && !context.has([...path, "auth"]))
      .map((path) =>
        context.found(passThroughOpen, path, {
          message: "without auth: true anybody who reaches the gateway may use this endpoint",
          repair: passThroughOpen.repair,
        }),
      ),
};
