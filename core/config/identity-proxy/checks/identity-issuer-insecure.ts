import type { ProxyRule } from "./proxy-rule";

/** The keys that tokens are verified with come from whom they should. */
export const insecureIssuer: ProxyRule = {
  id: "identity-issuer-insecure",
  severity: "error",
  waivable: false,
  summary: "the issuer's keys would be fetched over plain http",
  why: "Whoever is on the path could put a key of their own there and be anybody. The identity proxy does not start with such settings.",
  repair: "use https; plain http is accepted on the loopback interface",
  check: (context) =>
    (context.block.listeners ?? []).flatMap(({ identity }, index) =>
      (["issuer", "jwksUri"] as const).flatMap((name) => {
        const url = identity.oidc?.[name];
        if (url === undefined || isTrustworthy(url)) return [];
        const path = ["identityProxy", "listeners", index, "identity", "oidc", name];
        return [context.atValue(insecureIssuer, path, { message: "this URL is not encrypted", got: url, expected: "https" })];
      }),
    ),
};

function isTrustworthy(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === "https:" || hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
}
