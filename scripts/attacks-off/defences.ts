import type { Defence, Edit } from "./edit";
import { ANY_HEAD, bodiesStay, headersPass, line, membersStay } from "./switches";

const headers = (vector: string, ...names: string[]): Defence => ({
  vector,
  off: `the list of headers that pass: ${names.join(", ")}`,
  edits: headersPass(...names),
});
const members = (vector: string, ...paths: string[]): Defence => ({
  vector,
  off: `the list of members that go: ${paths.join(", ")}`,
  edits: membersStay(...paths),
});
const other = (vector: string, off: string, ...edits: readonly Edit[]): Defence => ({ vector, off, edits });

const OPENED_ROUTE =
  '{ route: { class: "chat", method: "POST", template: "/v1/chat/completions", body: "json", model: "body", shape: "openai", query: [] } }';
const FORWARDED_RAW =
  'const raw = Buffer.concat(this.chunks); const sent = openExchange(this.service, this.transaction, this.admitted, { length: raw.length, contentType: "application/json" }); sent.write(raw); sent.end();';

/** What stands against each attack, and how it is switched off. Where two defences overlap, both go at once. */
export const DEFENCES: readonly Defence[] = [
  headers("header-customer-id", "x-litellm-customer-id"),
  headers("headers-of-every-version", "x-litellm-num-retries", "x-drain-token"),
  headers("header-end-user-id", "x-litellm-end-user-id"),
  headers("header-mapped-customer", "x-openwebui-user-email", "x-openwebui-user-id"),
  headers("header-mapped-internal-user", "x-user-id", "x-forwarded-user"),
  headers("header-user-header-name", "x-my-user"),
  headers("header-oauth2-proxy", "x-forwarded-email", "x-user-email"),
  headers("header-team-id", "x-litellm-team-id", "x-litellm-user-id"),
  headers("header-tags", "x-litellm-tags", "tags"),
  headers("header-litellm-api-key", "x-litellm-api-key"),
  headers("spend-logs-metadata", "x-litellm-spend-logs-metadata"),
  headers("agent-id", "x-litellm-agent-id"),
  headers("session-ids", "x-litellm-session-id", "x-acme-session-id", "session-id"),
  headers("call-id", "x-litellm-call-id"),
  headers("user-agent-tags", "x-department"),
  headers("forwarded-for", "x-forwarded-for"),
  headers("trace-headers", "baggage", "litellm-changed-by"),
  headers("credentials", "x-api-key", "api-key"),
  headers("other-keys", "cookie", "ocp-apim-subscription-key"),
  headers("provider-credentials", "openai-organization"),
  headers("more-models", "x-litellm-model"),
  headers("control-members", "x-litellm-disable-callbacks"),
  headers("methods", "x-http-method-override"),
  headers("connection-names", "connection"),
  headers("underscore-headers", "x_litellm_end_user_id"),
  headers("bedrock-metadata", "x-amzn-bedrock-request-metadata"),
  headers("accept-encoding", "accept-encoding"),
  headers("provider-headers", "x-pass-x-probe"),
  headers("host-header", "x-forwarded-host"),
  headers("gateway-portkey", "x-portkey-virtual-key"),
  headers("gateway-cloudflare", "cf-aig-custom-cost"),
  headers("gateway-bifrost", "x-bf-vk"),
  headers("gateway-vercel", "ai-reporting-user"),
  headers("gateway-openrouter", "http-referer"),
  headers("compressed-bodies", "content-encoding"),

  members("body-user", "user"),
  members("body-litellm-metadata-user", "litellm_metadata"),
  members("body-metadata-user-id", "metadata.user_id"),
  members("body-safety-identifier", "safety_identifier"),
  members("body-root-tags", "tags"),
  members("body-metadata-tags", "metadata.tags"),
  members("body-litellm-metadata-tags", "litellm_metadata"),
  members("body-empty-litellm-metadata", "litellm_metadata"),
  members("spend-logs-metadata", "metadata.spend_logs_metadata", "spend_logs_metadata"),
  members("agent-id", "agent_id"),
  members("session-ids", "litellm_session_id", "metadata.session_id"),
  members("call-id", "litellm_call_id"),
  members("user-api-key-members", "user_api_key*"),
  members("user-api-key-members", "metadata.user_api_key*"),
  members("provider-credentials", "api_base", "api_key"),
  members("more-models", "fallbacks", "models"),
  members("control-members", "guardrails", "mock_*", "callbacks"),
  members("root-litellm-params", "litellm_params"),
  members("provider-headers", "headers", "extra_headers", "extra_body"),
  members("bedrock-metadata", "requestMetadata"),
  members("escaped-names", "user", "tags"),
  members("look-alike-names", "user", "tags"),

  other(
    "body-metadata-as-text",
    "the type of metadata",
    ...line("body/value-type.ts", "first !== OPEN) throw", "first === -1) throw"),
  ),
  other(
    "query-end-user",
    "the list of parameters that pass",
    ...line("server/path-and-query.ts", "if (mark < 0) return { text: url };", "return { text: url };"),
  ),
  other(
    "form-fields",
    "the rules for fields",
    ...line("body/form-rules.ts", 'rule.prefixes.length > 0) return "remove";', 'rule.prefixes.length > 0) return "keep";'),
  ),
  other(
    "user-agent-tags",
    "the proxy's own User-Agent",
    ...line("server/caller.ts", ', "user-agent", USER_AGENT]', "]"),
    ...line(
      "server/exchange.ts",
      'headers.push("x-forwarded-for",',
      'headers.push("user-agent", request.headers["user-agent"] ?? ""); headers.push("x-forwarded-for",',
    ),
  ),
  other(
    "forwarded-for",
    "the address of the connection",
    ...line(
      "server/exchange.ts",
      'request.socket.remoteAddress ?? "unknown"',
      'request.headers["x-forwarded-for"] ?? request.socket.remoteAddress',
    ),
  ),
  other("trace-headers", "the session beside a trace", ...line("server/trace-context.ts", "...(isLitellm ?", "...(!isLitellm ?")),
  other("trace-headers", "the form of a trace", ...line("server/trace-context.ts", "[0-9a-f]{2}$/", "[0-9a-f]{2}/")),
  other(
    "credentials",
    "one credential only",
    ...line("identity/credential.ts", "if (credential !== undefined) return", "if (credential === null) return"),
  ),
  other("credentials", "one Authorization line only", ...line("headers/request-head.ts", '  "authorization",\n', "")),
  other(
    "model-spelling",
    "names without regard to case",
    ...line("body/rule-tree.ts", "const lower = name.toLowerCase()", "const lower = name"),
  ),
  other(
    "model-spelling",
    "each member once",
    ...line("body/member-ruling.ts", "level.seen.includes(rule))", "level.seen.length < 0)"),
  ),
  other(
    "model-spelling",
    "the exact name of what stays",
    ...line("body/member-ruling.ts", "else if (rule.name !== name)", "else if (rule.name === undefined)"),
  ),
  other(
    "model-in-path",
    "the model of the path",
    ...line("server/handler.ts", "const model = pathModel ?? target.model;", "const model = target.model;"),
  ),
  other(
    "model-in-path",
    "the model of the body",
    ...line("server/body-forwarding.ts", "return judgeModel(models, model);", "return undefined;"),
  ),
  other(
    "more-models",
    "one model in one name",
    ...line("server/admission.ts", "if (models.any) return undefined;", "return undefined;"),
  ),
  other(
    "path-spellings",
    "the plain form of a path",
    ...line("routes/target.ts", "return isNormal(path) ?", "return path ?"),
    ...line(
      "routes/route-table.ts",
      "const fixed = this.fixed.get(path);",
      'const fixed = this.fixed.get(path.replace(/\\/+$/, "").replaceAll("//", "/"));',
    ),
  ),
  other(
    "path-spellings",
    "no percent escapes",
    ...line(
      "routes/target.ts",
      "const path = mark < 0 ? target : target.slice(0, mark);",
      "const path = decodeURIComponent(mark < 0 ? target : target.slice(0, mark));",
    ),
  ),
  other(
    "other-routes",
    "the list of routes",
    ...line("routes/route-table.ts", 'return known ? "method_not_allowed" : "route_unknown";', `return ${OPENED_ROUTE};`),
  ),
  other(
    "other-routes",
    "classes that a policy must name",
    ...line(
      "server/admission.ts",
      "if (!models) return",
      "if (!models) return { any: true, fits: () => true };\n  if (false) return",
    ),
  ),
  other(
    "methods",
    "the method of a route",
    ...line(
      "routes/route-table.ts",
      'return route ? { route } : "method_not_allowed";',
      "return { route: route ?? [...fixed.values()][0] };",
    ),
  ),
  other("expect-continue", "rules for bodies that are asked for", ...bodiesStay("transaction.request.headers.expect")),
  other(
    "expect-continue",
    "other expectations",
    ...line("headers/request-head.ts", "if (expect !== undefined &&", "if (expect === null &&"),
    ...line(
      "server/listener.ts",
      'server.on("checkContinue", events.request);',
      'server.on("checkContinue", events.request).on("checkExpectation", events.request);',
    ),
  ),
  other("large-bodies", "rules for bodies that are not held in memory", ...bodiesStay("length > 65536")),
  other(
    "content-types",
    "the list of content types",
    ...line("body/content-type.ts", "throw unsupported();\n  });", 'return { ok: true, kind: "json" };\n  });'),
  ),
  other(
    "content-types",
    "forms where they belong",
    ...line("server/body-refusal.ts", 'if (route.body === "json-or-form" ||', "if (true ||"),
  ),
  other(
    "content-types",
    "the charset",
    ...line("body/content-type.ts", "if (charset !== undefined &&", "if (charset === null &&"),
  ),
  other(
    "group-names",
    "what a header can carry",
    ...line("profiles/values.ts", "return /^[\\x21-\\x2b", "return value !== undefined || /^[\\x21-\\x2b"),
  ),
  other(
    "group-names",
    "what a name may be",
    ...line("identity/identity.ts", "return !/\\p{Surrogate}/u.test(value) &&", "return true || "),
  ),
  other("name-spaces", "the prefix of a listener", ...line("identity/identity.ts", "user: prefix + user", "user")),
  other("underscore-headers", "look-alikes of framing", ...line("headers/request-head.ts", '.replaceAll("_", "-")', "")),
  other(
    "fail-open",
    "a fault ends the request",
    ...line("server/body-forwarding.ts", 'this.refuse(INTERNAL, "failed");', FORWARDED_RAW),
  ),
  other("gateway-vercel", "members of Vercel", ...line("profiles/gateways.ts", '["providerOptions", "gateway", "user"],', "")),
  other(
    "client-leaves",
    "the call ends with its client",
    ...line("server/answer-forwarding.ts", "this.transaction.whenClosed(() => this.abort());", ""),
  ),
  other("many-at-once", "rules when there is much to do", ...bodiesStay("service.uploads.active > 28")),
  other(
    "long-events",
    "answers of any size",
    ...line(
      "server/answer-forwarding.ts",
      "this.transaction.bytesOut += chunk.length;",
      "if ((this.transaction.bytesOut += chunk.length) > 8388608) return;",
    ),
  ),
  other(
    "duplicate-members",
    "each member once",
    ...line("body/member-ruling.ts", "level.seen.includes(rule))", "level.seen.length < 0)"),
  ),
  other(
    "escaped-names",
    "escapes resolved before names are compared",
    ...line("body/member-text.ts", 'if (!text.includes("\\\\")) return text;', "if (text !== null) return text;"),
  ),
  other("look-alike-names", "letters that fold", ...line("body/rule-tree.ts", '.replaceAll("ſ", "s")', "")),
  other(
    "trailing-data",
    "nothing behind the object",
    ...line("body/json-scanner.ts", "if (i < end) throw", "if (i < end) return end; if (end < 0) throw"),
  ),
  other(
    "trailing-data",
    "a whole object",
    ...line("body/rewrite-json.ts", "if (!scanner.complete)", "if (scanner === undefined)"),
  ),
  other(
    "encodings",
    "UTF-8 only",
    ...line("body/rewrite-json.ts", "if (!isUtf8(body))", "if (!body)"),
    ...line("body/json-scanner.ts", "if (this.byte(i) !== OPEN) throw", "if (this.byte(i) < 0) throw"),
  ),
  other(
    "compressed-bodies",
    "bodies that can be read",
    ...line("body/content-type.ts", "if (contentEncoding !== undefined &&", "if (contentEncoding === null &&"),
  ),
  other(
    "custom-llm-provider",
    "the member goes",
    ...line("profiles/litellm-members.ts", 'remove: [...REMOVE, ["custom_llm_provider"]]', "remove: REMOVE"),
    ...line("profiles/litellm-members.ts", 'texts: [["custom_llm_provider"], ["model"]]', 'texts: [["model"]]'),
  ),
  other(
    "storage-provider",
    "the type of what stays",
    ...line("profiles/litellm-members.ts", 'texts: [["custom_llm_provider"], ["model"]]', 'texts: [["model"]]'),
  ),
  other("smuggling", "the framing of a request", ...ANY_HEAD),
  other("refused-body", "a refused connection closes", ...line("server/transaction.ts", "if (request.complete)", "if (request)")),
  other(
    "multipart-tricks",
    "the head of a part",
    ...line("body/part-head.ts", "if (!match || !name || lines.has(name)) throw malformed();", "if (!match || !name) continue;"),
    ...line(
      "body/part-head.ts",
      "if (!match || name === undefined ||",
      "if (!match) return { name: 'x', isFile: false };\n  if (",
    ),
    ...line("body/part-head.ts", "for (const name of lines.keys()) if", "if (false) for (const name of lines.keys()) if"),
  ),
  other(
    "multipart-tricks",
    "nothing behind the form",
    ...line("body/multipart.ts", "if (byte !== 0x0d && byte !== 0x0a", "if (byte < 0 && byte !== 0x0a"),
  ),
  other(
    "urlencoded-forms",
    "what separates fields",
    ...line("body/urlencoded.ts", "if (!PLAIN.test(text)) throw malformed();", ""),
  ),
  other("nesting", "the deepest nesting", ...line("body/json-scanner.ts", "const DEEPEST = 1000;", "const DEEPEST = 1e9;")),
  other("host-header", "one Host line", ...ANY_HEAD),
  other(
    "answers",
    "redirects end here",
    ...line("server/answer-forwarding.ts", "if (status >= 300 && status < 400 && status !== 304)", "if (status < 0)"),
  ),
  other(
    "answers",
    "what clients do not see",
    ...line("headers/response-headers.ts", "if (SHOWN.has(name)) return false;", "if (name !== undefined) return false;"),
  ),
  other("forged-tokens", "issuer and audience", ...line("identity/oidc.ts", "issuer:", "ignored:")),
  other(
    "oauth2-proxy-headers",
    "the addresses that are believed",
    ...line("identity/oauth2-proxy.ts", "if (!this.peers.include(", "if (false && !this.peers.include("),
  ),
  other(
    "oauth2-proxy-headers",
    "one line each",
    ...line("identity/oauth2-proxy.ts", "|| second !== undefined ?", "|| second === null ?"),
  ),
  other(
    "unknown-groups",
    "rights by listed groups only",
    ...line(
      "server/admission.ts",
      "if (!models) return",
      "if (!models) return { any: true, fits: () => true };\n  if (false) return",
    ),
  ),
  other(
    "websocket",
    "the list of parameters",
    ...line("routes/classes.ts", 'query: ["model", "intent"]', 'query: ["model", "intent", "user", "key"]'),
  ),
  other(
    "websocket",
    "sub-protocols without keys",
    ...line("server/websocket.ts", ".filter((protocol) => PROTOCOL.test(protocol))", ""),
  ),
  other(
    "websocket",
    "identities that headers cannot carry",
    ...line("server/websocket.ts", "else if (!admitted.caller.inHeaders)", "else if (admitted.caller.inHeaders === null)"),
  ),
  other(
    "pass-through",
    "the identity in the body alone",
    ...line("server/handler.ts", 'route.class === "pass-through" ?', "route === undefined ?"),
  ),
  other(
    "pass-through",
    "whole paths only",
    ...line(
      "routes/route-table.ts",
      "this.add(passThroughRule(path), path)",
      'this.add(passThroughRule(path), path.replace("v1/messages", "{rest:path}"))',
    ),
  ),
  other(
    "gateway-certificate",
    "the check of the gateway's certificate",
    ...line("upstream/upstream.ts", 'minVersion: "TLSv1.2",', "rejectUnauthorized: false,"),
  ),
];
