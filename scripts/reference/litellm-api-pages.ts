import { type Catalogue, type History, knownVersions } from "../../core/litellm";
import type { GeneratedDocument } from "./documents";
import { range } from "./litellm-settings-pages";
import { catalogueOf, code, page, prose, section, shownDefault, shownType, table, versionRange } from "./litellm-tables";

/** The pages of what the proxy offers: routes, requests of its administration, request headers, metrics, enumerated values. */
export function apiPages(folder: string): GeneratedDocument[] {
  return [
    { file: `${folder}/routes.md`, text: routesPage() },
    { file: `${folder}/requests.md`, text: requestsPage() },
    { file: `${folder}/headers.md`, text: headersPage() },
    { file: `${folder}/metrics.md`, text: metricsPage() },
    { file: `${folder}/enumerations.md`, text: enumerationsPage() },
  ];
}

function routesPage(): string {
  const rows = [
    ...merged(({ routes }) => routes.map((route): [string, typeof route] => [`${route.path} ${route.method}`, route])),
  ];
  return page(
    "Routes",
    `What LiteLLM ${range()} serves. \`WS\` is a websocket, \`MOUNT\` everything below a path. *Key* says that the route declares LiteLLM's check of the key; without it the handler may still check one by itself.`,
    table(
      ["path", "method", "class", "key", "body", "versions"],
      rows.map(([, [route, versions]]) => [
        code(route.path),
        route.method,
        route.class,
        route.keyed ? "yes" : "",
        route.body ? code(route.body) : "",
        versionRange(historyOf(versions)),
      ]),
    ),
  );
}

function requestsPage(): string {
  const sections = [...merged(({ requests }) => requests)].map(([name, [model, versions]]) => {
    const fields = merged(({ requests }) => Object.entries(requests.get(name)?.fields ?? {}));
    const rows = [...fields].map(([field, [type, known]]) => [
      code(field),
      shownType(type),
      shownDefault(model.defaults[field]),
      known.length === versions.length ? "" : versionRange(historyOf(known)),
    ]);
    const known = versionRange(historyOf(versions));
    const required = model.required.length ? `Required: ${model.required.map(code).join(", ")}.` : "";
    return section(name, [known && `${known}.`, required], table(HEAD, rows));
  });
  return page(
    "Requests of the administration",
    `The bodies of LiteLLM ${range()} for keys, teams, users, budgets, tags, customers, organisations and projects. [Routes](routes.md) names the body of each route.`,
    ...sections,
  );
}

const HEAD = ["name", "type", "default", "versions"];

function headersPage(): string {
  const rows = [...merged(({ headers }) => headers)].map(([name, [where, versions]]) => [
    code(name),
    versionRange(historyOf(versions)),
    code(where),
  ]);
  return page(
    "Request headers",
    `What the proxy of LiteLLM ${range()} reads from the headers of a request. \`user_header_name\`, \`litellm_key_header_name\`, \`extra_spend_tag_headers\` and the like add more.`,
    table(["name", "versions", "read in"], rows),
  );
}

function metricsPage(): string {
  const rows = [...merged(({ metrics }) => metrics)].map(([name, [metric, versions]]) => {
    const labels = [...merged(({ metrics }) => (metrics.get(name)?.labels ?? []).map((label) => [label, label]))];
    const shown = labels.map(([label, [, known]]) => {
      const since = known.length === versions.length ? "" : ` (${versionRange(historyOf(known))})`;
      return `${code(label)}${since}`;
    });
    const optional = Object.entries(metric.optional).map(([flag, added]) => `${added.map(code).join(", ")} with ${code(flag)}`);
    return [
      code(name),
      metric.type,
      [...shown, ...optional].join(", "),
      versionRange(historyOf(versions)),
      prose(metric.description),
    ];
  });
  return page(
    "Metrics",
    `What LiteLLM ${range()} shows at \`/metrics\`, by the name a metric is created with: a counter ends in \`_total\` there. \`custom_prometheus_metadata_labels\` and \`custom_prometheus_tags\` add labels.`,
    table(["name", "type", "labels", "versions", "LiteLLM says"], rows),
  );
}

function enumerationsPage(): string {
  const names = [...merged(({ enumerations }) => Object.entries(enumerations))];
  const sections = names.map(([name]) => {
    const values = [...merged(({ enumerations }) => (enumerations[name] ?? []).map((value) => [value, value]))];
    const shown = values.map(([value, [, versions]]) => {
      const known = versionRange(historyOf(versions));
      return `${code(value)}${known ? ` (${known})` : ""}`;
    });
    return [`## ${name}`, "", `${shown.join(", ")}.`, ""].join("\n");
  });
  return page("Enumerated values", `What LiteLLM ${range()} takes where only certain words are right.`, ...sections);
}

/** Entries of all versions by key, sorted: the newest value, and the versions that have one. */
function merged<T>(entriesOf: (catalogue: Catalogue) => Iterable<readonly [string, T]>): Map<string, [T, string[]]> {
  const found = new Map<string, [T, string[]]>();
  for (const version of knownVersions())
    for (const [key, value] of entriesOf(catalogueOf(version)))
      found.set(key, [value, [...(found.get(key)?.[1] ?? []), version]]);
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function historyOf(versions: readonly string[]): History {
  const known = knownVersions();
  const [first, last] = [versions[0], versions.at(-1)];
  return { ...(first !== known[0] && { since: first }), ...(last !== known.at(-1) && { until: last }), versions };
}
