import type { Guardrail } from "../guardrail";
import type { Resource } from "../stack-view";
import { blocks } from "../values";

const PLAIN = ["HTTP", "TCP"];

export const guardListenerWithoutTls: Guardrail = {
  id: "guard-listener-without-tls",
  severity: "error",
  summary: "a load balancer serves requests without TLS",
  why: "Virtual keys and prompts cross the internet in clear, and whoever is on the way may keep both.",
  repair: 'listen with HTTPS (or TLS), and let port 80 answer with redirect to protocol = "HTTPS"',
  check: (stack) =>
    stack
      .resources("aws_lb_listener", "aws_alb_listener")
      .filter((listener) => PLAIN.includes(String(listener.attributes.protocol ?? "HTTP")) && !onlyRedirects(listener))
      .map((resource) => ({ resource, attribute: "protocol", message: "requests are served without TLS" })),
};

function onlyRedirects({ attributes }: Resource): boolean {
  const actions = blocks(attributes.default_action);
  return (
    actions.length > 0 &&
    actions.every(({ type, redirect }) => type === "redirect" && blocks(redirect).every(({ protocol }) => protocol === "HTTPS"))
  );
}
