import { type Finding, nearestName } from "../../../findings";
import { groupsOf } from "../to-identity-proxy";
import type { ProxyContext, ProxyRule } from "./proxy-rule";

/** Every key can be reached, and every caller has one. */
export const gatewayKeys: ProxyRule = {
  id: "identity-proxy-key-order",
  severity: "error",
  waivable: false,
  summary: "a gateway key is never used, or some callers have none",
  why: "Keys are tried in the order written. One without a group fits everybody, so what follows it is dead; where none is without a group, callers of other groups get 403. The identity proxy does not start with such settings.",
  repair: "put the key without a group last, and name groups that the policy lists",
  check: (context) => {
    const keys = context.block.gatewayKeys ?? [];
    const forAll = keys.findIndex(({ group }) => group === undefined);
    return [
      ...keys.flatMap((_, index) => unused(context, index, forAll)),
      ...(keys.length > 0 && forAll < 0 ? without(context) : []),
    ];
  },
};

function unused(context: ProxyContext, index: number, forAll: number): Finding[] {
  const keys = context.block.gatewayKeys ?? [];
  const at = ["identityProxy", "gatewayKeys", index];
  if (forAll >= 0 && index > forAll) {
    return [context.atValue(gatewayKeys, at, { message: "this key is never used: the one before it fits everybody" })];
  }
  const group = keys[index]?.group;
  if (group === undefined) return [];
  const path = [...at, "group"];
  if (keys.findIndex((key) => key.group === group) < index) {
    return [context.atValue(gatewayKeys, path, { message: "this key is never used: the group has one already", got: group })];
  }
  const known = listedGroups(context);
  if (known.includes(group)) return [];
  const near = nearestName(group, known);
  const advice = near ? { repair: `did you mean ${near}?` } : {};
  return [context.atValue(gatewayKeys, path, { message: "the policy does not list this group", got: group, ...advice })];
}

function without(context: ProxyContext): Finding[] {
  const withKey = new Set((context.block.gatewayKeys ?? []).map(({ group }) => group));
  const at = ["identityProxy", "gatewayKeys"];
  const groups = listedGroups(context).filter((group) => !withKey.has(group));
  const missing = groups.map((group) =>
    context.atName(gatewayKeys, at, { message: "there is no gateway key for this group", got: group }),
  );
  if (!context.block.policy?.everyone) return missing;
  return [...missing, context.atName(gatewayKeys, at, { message: "there is no gateway key for callers without a listed group" })];
}

function listedGroups({ block }: ProxyContext): string[] {
  return block.policy ? (block.policy.groups ?? []).map(({ group }) => group) : groupsOf(block);
}
