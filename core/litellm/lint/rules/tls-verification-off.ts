import type { Path } from "../../../source";
import type { LintRule } from "../lint-rule";

/** Connections whose other end is not checked. */
export const tlsVerificationOff: LintRule = {
  id: "tls-verification-off",
  severity: "warning",
  summary: "TLS certificates are not checked",
  why: "Whoever sits between the gateway and a provider can then read prompts and provider keys (ssl_verify in litellm/__init__.py, LiteLLM 1.108.10).",
  repair: "name the certificate authority's file: ssl_verify: /etc/ssl/certs/own-ca.pem",
  check: (context) => {
    const places: Path[] = [
      ["litellm_settings", "ssl_verify"],
      ...context.deployments.map(({ path }) => [...path, "litellm_params", "ssl_verify"]),
    ];
    return places
      .filter((path) => context.value(path) === false || context.text(path)?.toLowerCase() === "false")
      .map((path) =>
        context.foundAtName(tlsVerificationOff, path, { message: tlsVerificationOff.summary, repair: tlsVerificationOff.repair }),
      );
  },
};
