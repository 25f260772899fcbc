import type { Guardrail } from "../guardrail";
import type { Resource } from "../stack-view";
import { type Block, blocks, numberOf, texts } from "../values";

const EVERYWHERE = ["0.0.0.0/0", "::/0"];
/** What a gateway's edge is there for: HTTPS, and HTTP that answers with a redirect. */
const EDGE_PORTS = [443, 80];
const RANGES = ["cidr_ipv4", "cidr_ipv6", "cidr_blocks", "ipv6_cidr_blocks"];

export const guardOpenIngress: Guardrail = {
  id: "guard-open-ingress",
  severity: "error",
  summary: "a security group lets the whole internet in",
  why: "Behind it stands a database, a cache or LiteLLM itself, whose routes are not all meant for everyone. Only the edge's ports, 443 and 80, may be open.",
  repair: "name a security group or an address range that may connect",
  check: (stack) =>
    stack
      .resources(
        "aws_security_group",
        "aws_default_security_group",
        "aws_security_group_rule",
        "aws_vpc_security_group_ingress_rule",
      )
      .filter((resource) => ingressOf(resource).some(isOpen))
      .map((resource) => ({ resource, message: "every address on the internet may connect" })),
};

function ingressOf({ type, attributes }: Resource): Block[] {
  if (type === "aws_vpc_security_group_ingress_rule") return [attributes];
  if (type === "aws_security_group_rule") return attributes.type === "ingress" ? [attributes] : [];
  return blocks(attributes.ingress);
}

function isOpen(rule: Block): boolean {
  const isEverywhere = RANGES.flatMap((name) => texts(rule[name])).some((range) => EVERYWHERE.includes(range));
  const from = numberOf(rule.from_port);
  return isEverywhere && !(from !== undefined && from === numberOf(rule.to_port) && EDGE_PORTS.includes(from));
}
