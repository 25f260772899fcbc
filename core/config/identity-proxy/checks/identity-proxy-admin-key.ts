import { nameOf } from "../to-identity-proxy";
import type { ProxyContext, ProxyRule } from "./proxy-rule";

/** The proxy works with an ordinary key. */
export const adminKey: ProxyRule = {
  id: "identity-proxy-admin-key",
  severity: "error",
  waivable: false,
  summary: "the identity proxy would hold LiteLLM's master key",
  why: "Every caller's request goes to LiteLLM with the proxy's key. With an admin key, one way past the list of routes (LiteLLM 1.108.10 answers /key/list%0a) makes every caller an administrator, and budgets of the key do not hold.",
  repair: "name an ordinary virtual key, or leave gatewayKeys out: local up makes one",
  check: (context) =>
    (context.block.gatewayKeys ?? []).flatMap(({ key }, index) => {
      if (!masterNames(context).has(nameOf(key))) return [];
      const message = "this is LiteLLM's master key";
      return [context.atValue(adminKey, ["identityProxy", "gatewayKeys", index, "key"], { message, got: key })];
    }),
};

/** Every name under which the master key can be had: its own, the one that LiteLLM's configuration uses, and secrets from the same place. */
function masterNames(context: ProxyContext): ReadonlySet<string> {
  const configured = context.value(["litellm", "config", "general_settings", "master_key"]);
  const own = ["LITELLM_MASTER_KEY", ...(typeof configured === "string" ? [nameOf(configured)] : [])];
  const secrets = Object.entries(context.input.secrets ?? {}).map(([name, place]) => [name, JSON.stringify(place)] as const);
  const places = new Set(secrets.filter(([name]) => own.includes(name)).map(([, place]) => place));
  return new Set([...own, ...secrets.filter(([, place]) => places.has(place)).map(([name]) => name)]);
}
