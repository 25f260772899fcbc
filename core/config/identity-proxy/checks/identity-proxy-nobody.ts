import type { Finding } from "../../../findings";
import { groupsOf, listenersOf } from "../to-identity-proxy";
import type { ProxyContext, ProxyRule } from "./proxy-rule";

/** Somebody can call, and may. */
export const nobody: ProxyRule = {
  id: "identity-proxy-nobody",
  severity: "error",
  waivable: false,
  summary: "nobody could call, or nobody would be allowed to",
  why: "The identity proxy refuses whom it does not know and what is not allowed, so with these settings every request would get 401 or 403.",
  repair: "name users under identityProxy.development, or a listener with oidc; and say in policy who may do what",
  check: (context) => [...unknownCallers(context), ...idleIssuer(context), ...nothingAllowed(context)],
};

function unknownCallers(context: ProxyContext): Finding[] {
  const { block } = context;
  if (block.development) return [];
  if (!block.listeners) {
    return [
      context.atName(nobody, ["identityProxy"], { message: "neither users nor a listener with a source of identity are named" }),
    ];
  }
  return block.listeners.flatMap(({ identity }, index) => {
    if (!identity.development) return [];
    const message = "this listener knows the users of identityProxy.development, and there are none";
    return [context.atName(nobody, ["identityProxy", "listeners", index, "identity", "development"], { message })];
  });
}

function idleIssuer(context: ProxyContext): Finding[] {
  const { block } = context;
  if (!block.development || listenersOf(block).some(({ identity }) => identity.development)) return [];
  const message = "no listener takes the tokens of these users";
  const repair = "write identity: { development: {} } at a listener, or remove the users";
  return [context.atName(nobody, ["identityProxy", "development"], { message, repair })];
}

function nothingAllowed(context: ProxyContext): Finding[] {
  const { development, listeners, policy } = context.block;
  // Said already: there is nobody yet whom anything could be allowed to.
  if (!development && !listeners) return [];
  if (policy ? policy.everyone || (policy.groups ?? []).length > 0 : groupsOf(context.block).length > 0) return [];
  const path = policy ? ["identityProxy", "policy"] : ["identityProxy"];
  const message = "no group is listed, and nothing is allowed to everyone";
  return [
    context.atName(nobody, path, { message, repair: "write policy: { everyone: { routes: [inference] } }, or list groups" }),
  ];
}
