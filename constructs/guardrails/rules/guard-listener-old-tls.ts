import type { Guardrail } from "../guardrail";

/** AWS's policies that speak TLS 1.2 and 1.3 alone; those with FIPS and post-quantum exchange have longer names. */
const MODERN = /^ELBSecurityPolicy-TLS13-1-[23](-|$)|^ELBSecurityPolicy-(FS-1-2|TLS-1-2)/;

export const guardListenerOldTls: Guardrail = {
  id: "guard-listener-old-tls",
  severity: "error",
  summary: "a load balancer speaks TLS 1.0 or 1.1",
  why: "Without ssl_policy a listener made by Terraform takes ELBSecurityPolicy-2016-08, which still does.",
  repair: "set ssl_policy = ELBSecurityPolicy-TLS13-1-2-2021-06",
  check: (stack) =>
    stack
      .resources("aws_lb_listener", "aws_alb_listener")
      .filter(({ attributes: { protocol } }) => ["HTTPS", "TLS"].includes(String(protocol)))
      .filter(({ attributes }) => !MODERN.test(String(attributes.ssl_policy ?? "")))
      .map((resource) => ({ resource, attribute: "ssl_policy", message: "TLS 1.0 and 1.1 are spoken" })),
};
