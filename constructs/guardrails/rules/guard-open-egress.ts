import type { Guardrail } from "../guardrail";
import type { Resource } from "../stack-view";
import { type Block, blocks, texts } from "../values";

const EVERYWHERE = ["0.0.0.0/0", "::/0"];
const RANGES = ["cidr_ipv4", "cidr_ipv6", "cidr_blocks", "ipv6_cidr_blocks"];

export const guardOpenEgress: Guardrail = {
  id: "guard-open-egress",
  severity: "warning",
  elsewhere: "note",
  summary: "a security group lets everything out, to everywhere",
  why: "What is behind it, once taken over, can send the data anywhere by any protocol. A database and a cache need no way out at all.",
  repair: "name the protocol, the port and where it may go, or leave the rule out",
  check: (stack) =>
    stack
      .resources("aws_security_group", "aws_security_group_rule", "aws_vpc_security_group_egress_rule")
      .filter((resource) => egressOf(resource).some(isOpen))
      .map((resource) => ({ resource, message: "every protocol may go to every address" })),
};

function egressOf({ type, attributes }: Resource): Block[] {
  if (type === "aws_vpc_security_group_egress_rule") return [attributes];
  if (type === "aws_security_group_rule") return attributes.type === "egress" ? [attributes] : [];
  return blocks(attributes.egress);
}

function isOpen(rule: Block): boolean {
  const isEverywhere = RANGES.flatMap((name) => texts(rule[name])).some((range) => EVERYWHERE.includes(range));
  return isEverywhere && [rule.ip_protocol, rule.protocol].some((protocol) => String(protocol) === "-1" || protocol === "all");
}
