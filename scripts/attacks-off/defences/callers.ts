import { type Defence, defence } from "../edit";
import { line } from "../switches";

/** Who calls, what they may, what the gateway is told and what comes back. */
export const OF_CALLERS: readonly Defence[] = [
  defence(
    "user-agent-tags",
    "the proxy's own User-Agent",
    ...line("server/caller.ts", ', "user-agent", USER_AGENT]', "]"),
    ...line(
      "server/exchange.ts",
      'headers.push("x-forwarded-for",',
      'headers.push("user-agent", request.headers["user-agent"] ?? ""); headers.push("x-forwarded-for",',
    ),
  ),
  defence(
    "credentials",
    "one credential only",
    ...line("identity/credential.ts", "if (credential !== undefined) return", "if (credential === null) return"),
  ),
  defence(
    "more-models",
    "one model in one name",
    ...line("server/admission.ts", "if (models.any) return undefined;", "return undefined;"),
  ),
  defence(
    "other-routes",
    "classes that a policy must name",
    ...line(
      "server/admission.ts",
      "if (!models) return",
      "if (!models) return { any: true, fits: () => true };\n  if (false) return",
    ),
  ),
  defence(
    "group-names",
    "what a header can carry",
    ...line("profiles/values.ts", "return /^[\\x21-\\x2b", "return value !== undefined || /^[\\x21-\\x2b"),
  ),
  defence(
    "group-names",
    "what a name may be",
    ...line("identity/identity.ts", "return !/\\p{Surrogate}/u.test(value) &&", "return true || "),
  ),
  defence("name-spaces", "the prefix of a listener", ...line("identity/identity.ts", "user: prefix + user", "user")),
  defence("gateway-vercel", "members of Vercel", ...line("profiles/gateways.ts", '["providerOptions", "gateway", "user"],', "")),
  defence(
    "client-leaves",
    "the call ends with its client",
    ...line("server/answer-forwarding.ts", "this.transaction.whenClosed(() => this.abort());", ""),
  ),
  defence(
    "long-events",
    "answers of any size",
    ...line(
      "server/answer-forwarding.ts",
      "this.transaction.bytesOut += chunk.length;",
      "if ((this.transaction.bytesOut += chunk.length) > 8388608) return;",
    ),
  ),
  defence(
    "refused-body",
    "a refused connection closes",
    ...line("server/transaction.ts", "if (request.complete)", "if (request)"),
  ),
  defence(
    "answers",
    "redirects end here",
    ...line("server/answer-forwarding.ts", "if (status >= 300 && status < 400 && status !== 304)", "if (status < 0)"),
  ),
  defence(
    "answers",
    "what clients do not see",
    ...line("headers/response-headers.ts", "if (SHOWN.has(name)) return false;", "if (name !== undefined) return false;"),
  ),
  defence("forged-tokens", "issuer and audience", ...line("identity/oidc.ts", "issuer:", "ignored:")),
  defence(
    "oauth2-proxy-headers",
    "the addresses that are believed",
    ...line("identity/oauth2-proxy.ts", "if (!this.peers.include(", "if (false && !this.peers.include("),
  ),
  defence(
    "oauth2-proxy-headers",
    "one line each",
    ...line("identity/oauth2-proxy.ts", "|| second !== undefined ?", "|| second === null ?"),
  ),
  defence(
    "unknown-groups",
    "rights by listed groups only",
    ...line(
      "server/admission.ts",
      "if (!models) return",
      "if (!models) return { any: true, fits: () => true };\n  if (false) return",
    ),
  ),
  defence(
    "websocket",
    "the list of parameters",
    ...line("routes/classes.ts", 'query: ["model", "intent"]', 'query: ["model", "intent", "user", "key"]'),
  ),
  defence(
    "websocket",
    "sub-protocols without keys",
    ...line("server/websocket.ts", ".filter((protocol) => PROTOCOL.test(protocol))", ""),
  ),
  defence(
    "websocket",
    "identities that headers cannot carry",
    ...line("server/websocket.ts", "else if (!admitted.caller.inHeaders)", "else if (admitted.caller.inHeaders === null)"),
  ),
  defence(
    "gateway-certificate",
    "the check of the gateway's certificate",
    ...line("upstream/upstream.ts", 'minVersion: "TLSv1.2",', "rejectUnauthorized: false,"),
  ),
];
