import { knownVersions, loadCatalogue } from "../../core/litellm";
import { DEFAULT_ALLOWED } from "../../proxy/src/headers";
import { CREDENTIAL_HEADERS } from "../../proxy/src/identity";
import { litellmMembers } from "../../proxy/src/profiles/litellm-members";
import { ROUTE_CLASSES, ROUTE_RULES, type Route, RouteTable, releaseOf } from "../../proxy/src/routes";
import { table } from "./table";

/** What the proxy writes itself, whatever a client sends under the same name. */
const WRITTEN: Readonly<Record<string, string>> = {
  authorization: "written: the gateway's key",
  "content-length": "written: of the body that is sent",
  "content-type": "written: of what the body was read as",
  host: "written: the gateway's",
  traceparent: "passes if well-formed, beside a session id of the proxy's",
  "user-agent": "written: the proxy's own",
  "x-forwarded-for": "written: the address of the connection",
  "x-litellm-end-user-id": "written: the verified caller",
  "x-litellm-session-id": "written beside a traceparent, else dropped",
  "x-litellm-tags": "written: the verified tags",
};

/** Page with every channel by which each catalogued LiteLLM release is told something, and what becomes of it. */
export function channelsPage(): string {
  return `# Channels that the identity proxy closes

Made by \`npm run proxy:reference\` from the catalogues of LiteLLM and from the proxy's own tables.
The profile is \`litellm\`; versions are those that there is a catalogue of.

## Request headers

Every header that one of these releases reads from a request, by its own code. What is not in this list is dropped too: the proxy
forwards an allow-list, and LiteLLM also takes a session from every \`x-<word>-session-id\`, and whatever its settings name.

${headerTable()}

## Members of the body and fields of forms

Removed for all releases, as a member of a JSON body and as a field of a form. \`*\` stands for the rest of a name.

${memberList()}

\`metadata\` must be an object, \`model\` and \`custom_llm_provider\` text. Members that are not named here pass as they are.

## Query

Parameters that pass; all others are dropped on every route.

${queryTable()}

## Routes

Operations that are forwarded, and how many each release has of them. All that is not listed is refused.

${routeTable()}
`;
}

function headerTable(): string {
  const readBy = new Map<string, string[]>();
  for (const version of knownVersions()) {
    for (const name of loadCatalogue(version)?.headers.keys() ?? []) readBy.set(name, [...(readBy.get(name) ?? []), version]);
  }
  const rows = [...readBy]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, versions]) => [`\`${name}\``, span(versions), verdictOf(name)]);
  return table(["header", "read by", "what becomes of it"], rows);
}

/** What becomes of a header that a client sends. */
export function verdictOf(name: string): string {
  const written = WRITTEN[name];
  if (written !== undefined) return written;
  if ((CREDENTIAL_HEADERS as readonly string[]).includes(name)) return "dropped: may carry the caller's proof";
  return DEFAULT_ALLOWED.has(name) ? "passes" : "dropped";
}

function span(versions: readonly string[]): string {
  const all = knownVersions();
  const [first = "", last = ""] = [versions[0], versions.at(-1)];
  if (versions.length === all.length) return "all";
  return last === all.at(-1) ? `since ${first}` : `${first} to ${last}`;
}

function memberList(): string {
  const route = new RouteTable().list().find(({ class: name }) => name === "chat");
  const paths = route ? litellmMembers(route).remove.map((path) => path.join(".")) : [];
  const shown = (list: readonly string[]): string => list.map((path) => `\`${path}\``).join(", ");
  const inside = paths.filter((path) => path.startsWith("metadata."));
  return `- at the root: ${shown(paths.filter((path) => !inside.includes(path)))}\n- in \`metadata\`: ${shown(inside)}`;
}

function queryTable(): string {
  const rows = ROUTE_CLASSES.flatMap((name) => {
    const query = [...new Set(ROUTE_RULES.filter((rule) => rule.class === name).flatMap((rule) => rule.query))];
    return query.length > 0 ? [[name, query.map((parameter) => `\`${parameter}\``).join(", ")]] : [];
  });
  return table(["class of routes", "parameters"], rows);
}

function routeTable(): string {
  const classes = ROUTE_CLASSES.filter((name) => ROUTE_RULES.some((rule) => rule.class === name));
  const rows = knownVersions().map((version) => {
    const operations = new Set(releaseOf(version)?.operations);
    const routes = new RouteTable((operation) => operations.has(operation)).list();
    const count = (name: string): string => String(routes.filter((route: Route) => route.class === name).length);
    return [version, ...classes.map(count)];
  });
  return table(["LiteLLM", ...classes], rows);
}
