import { type Defence, defence, strictDefence } from "../edit";
import { ANY_HEAD, ANY_STRICT_HEAD, line } from "../switches";

const OPENED_ROUTE =
  '{ route: { class: "chat", method: "POST", template: "/v1/chat/completions", body: "json", model: "body", shape: "openai", query: [] } }';

/** What the line, the head and the route of a request are held against. */
export const OF_REQUESTS: readonly Defence[] = [
  defence(
    "query-end-user",
    "the list of parameters that pass",
    ...line("server/path-and-query.ts", "if (mark < 0) return { text: url };", "return { text: url };"),
  ),
  defence(
    "forwarded-for",
    "the address of the connection",
    ...line(
      "server/exchange.ts",
      'request.socket.remoteAddress ?? "unknown"',
      'request.headers["x-forwarded-for"] ?? request.socket.remoteAddress',
    ),
  ),
  defence(
    "trace-headers",
    "the session beside a trace",
    ...line("server/trace-context.ts", "...(isLitellm ?", "...(!isLitellm ?"),
  ),
  defence("trace-headers", "the form of a trace", ...line("server/trace-context.ts", "[0-9a-f]{2}$/", "[0-9a-f]{2}/")),
  defence("credentials", "one Authorization line only", ...line("headers/request-head.ts", '  "authorization",\n', "")),
  defence(
    "model-in-path",
    "the model of the path",
    ...line("server/handler.ts", "const model = pathModel ?? target.model;", "const model = target.model;"),
  ),
  defence(
    "path-spellings",
    "the plain form of a path",
    ...line("routes/target.ts", "return isNormal(path) ?", "return path ?"),
    ...line(
      "routes/route-table.ts",
      "const fixed = this.fixed.get(path);",
      'const fixed = this.fixed.get(path.replace(/\\/+$/, "").replaceAll("//", "/"));',
    ),
  ),
  defence(
    "path-spellings",
    "no percent escapes",
    ...line(
      "routes/target.ts",
      "const path = mark < 0 ? target : target.slice(0, mark);",
      "const path = decodeURIComponent(mark < 0 ? target : target.slice(0, mark));",
    ),
  ),
  defence(
    "other-routes",
    "the list of routes",
    ...line("routes/route-table.ts", 'return known ? "method_not_allowed" : "route_unknown";', `return ${OPENED_ROUTE};`),
  ),
  defence(
    "methods",
    "the method of a route",
    ...line(
      "routes/route-table.ts",
      'return route ? { route } : "method_not_allowed";',
      "return { route: route ?? [...fixed.values()][0] };",
    ),
  ),
  defence(
    "expect-continue",
    "other expectations",
    ...line("headers/request-head.ts", "if (expect !== undefined &&", "if (expect === null &&"),
    ...line(
      "front/node/node-front.ts",
      'server.on("checkContinue", events.request);',
      'server.on("checkContinue", events.request).on("checkExpectation", events.request);',
    ),
  ),
  defence("underscore-headers", "look-alikes of framing", ...line("headers/request-head.ts", '.replaceAll("_", "-")', "")),
  defence("smuggling", "the framing of a request", ...ANY_HEAD),
  defence("host-header", "one Host line", ...ANY_HEAD),
  strictDefence("smuggling", "the framing of a request, strict front", ...ANY_STRICT_HEAD),
  strictDefence("host-header", "one Host line, strict front", ...ANY_STRICT_HEAD),
  strictDefence(
    "smuggling",
    "no control characters in lines, strict front",
    ...line("front/strict/request-head.ts", "areHeaderLines(text, begin)", "true"),
  ),
  strictDefence(
    "underscore-headers",
    "no trailers, strict front",
    ...line("front/strict/body-reader.ts", "new ChunkedBody(true)", "new ChunkedBody()"),
  ),
  strictDefence(
    "refused-body",
    "nothing is read behind a request, strict front",
    ...line("front/strict/strict-connection.ts", "if (request.exceeded) this.closes = true;", ""),
  ),
  defence(
    "pass-through",
    "the identity in the body alone",
    ...line("server/handler.ts", 'route.class === "pass-through" ?', "route === undefined ?"),
  ),
  defence(
    "pass-through",
    "whole paths only",
    ...line(
      "routes/route-table.ts",
      "this.add(passThroughRule(path), path)",
      'this.add(passThroughRule(path), path.replace("v1/messages", "{rest:path}"))',
    ),
  ),
];
