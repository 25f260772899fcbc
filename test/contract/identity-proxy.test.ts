import { writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import {
  DEFAULT_ISSUER_PORT,
  DEFAULT_OPERATIONS_PORT,
  DEFAULT_PROXY_PORT,
  INSTALLABLE_VERSIONS,
  identityProxySchema,
  type LocalEnvironment,
  loadEnvironment,
  OWN_KEY_VARIABLE,
  ROUTE_CLASSES,
} from "../../core/config";
import { renderConfig } from "../../core/litellm";
import { KNOWN_VERSIONS, ROUTE_CLASSES as PROXY_ROUTE_CLASSES } from "../../proxy/src/routes";
import { loadSettings, settingsSchema } from "../../proxy/src/settings";
import { tempProject } from "../support/temp-project";

/** The environment file and the identity proxy may not import each other; here they meet. */
const project = tempProject();
const KEY = "sk-an-ordinary-key-0123456789";
const HEAD = `name: demo
target: local
litellm:
  config: { model_list: [{ model_name: gpt, litellm_params: { model: openai/gpt-4o }, model_info: { id: a } }] }
secrets: { KEY_A: { env: KEY_A }, KEY_B: { env: KEY_B }, AUDIT: { env: AUDIT } }
`;

function environmentOf(block: string): LocalEnvironment {
  const { environment, findings } = loadEnvironment(project.write("env.yaml", `${HEAD}${block}`), "2026-11-21");
  if (environment?.target !== "local") throw new Error(JSON.stringify(findings, undefined, 2));
  return environment;
}

function readByProxy(block: string) {
  const settings = renderConfig(environmentOf(block).identityProxy?.settings);
  const file = join(project.folder, "identity-proxy.yaml");
  writeFileSync(file, settings);
  return loadSettings(file, { [OWN_KEY_VARIABLE]: KEY, KEY_A: KEY, KEY_B: KEY, AUDIT: KEY });
}

const SHORTEST = "identityProxy: { development: { users: { alice: { groups: [engineering] }, bob: { groups: [sales] } } } }\n";
const EVERYTHING = `identityProxy:
  development: { port: 5001, users: { alice: { groups: ["Sales, EMEA", größe], email: a@example.com } } }
  listeners:
    - { name: people, port: 5002, identity: { development: {}, userPrefix: "dev:" } }
    - name: company
      port: 5003
      identity:
        oidc:
          issuer: https://login.example.com/realms/company
          audiences: [litellm]
          jwksUri: https://login.example.com/keys
          algorithms: [RS256]
          clockSkewSeconds: 5
          userClaim: email
          groupsClaim: roles
          requiredClaims: { email_verified: true }
          keysMaxAgeSeconds: 60
          keysStaleSeconds: 120
          cacheEntries: 5
          cacheSeconds: 6
    - name: services
      port: 5004
      identity:
        serviceKeys:
          keys:
            - sha256: 2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824
              user: nightly
              groups: [batch]
  policy:
    groups:
      - { group: "Sales, EMEA", routes: [chat, realtime, files], models: [gpt], tags: ["cost-center:4711"] }
      - { group: größe }
      - { group: batch, routes: [batches] }
    everyone: { routes: [models], models: ["*"], tags: [] }
    unknownGroups: refuse
  gatewayKeys: [{ group: batch, key: os.environ/KEY_A }, { key: os.environ/KEY_B }]
  limits: { headerBytes: 8192, bodyBytes: 4096, uploads: 2, connections: 3, requests: 4, headSeconds: 1, bodyIdleSeconds: 2, bodySeconds: 3, keepAliveSeconds: 4 }
  audit: { identity: plain, hashKey: os.environ/AUDIT, enabled: false }
  operations: { port: 5005 }
  upstream: { identityIn: litellm_metadata, traceContext: false, passThrough: ["/anthropic/v1/messages"], maxConnections: 9, timeouts: { connectSeconds: 1, headersSeconds: 2, idleSeconds: 3, totalSeconds: 4 } }
  drainSeconds: 2
  workers: 2
`;

test.each([
  ["the shortest block", SHORTEST],
  ["every setting at once", EVERYTHING],
])("the proxy takes what is made of %s, without a warning", (_title, block) => {
  expect(readByProxy(block)).toMatchObject({ findings: [], loaded: { gatewayKeys: expect.arrayContaining([KEY]) } });
});

test("what the shortest block leaves out is filled in for this machine alone", () => {
  const { loaded } = readByProxy(SHORTEST);

  expect(loaded?.settings).toMatchObject({
    upstream: { profile: "litellm", version: "1.108.10", url: "http://127.0.0.1:4000" },
    gatewayKeys: [{ key: { env: OWN_KEY_VARIABLE } }],
    listeners: [
      {
        address: "127.0.0.1",
        port: DEFAULT_PROXY_PORT,
        identity: { oidc: { issuer: `http://127.0.0.1:${DEFAULT_ISSUER_PORT}`, audiences: ["litellm"], userClaim: "email" } },
      },
    ],
    policy: { groups: [{ group: "engineering" }, { group: "sales" }], unknownGroups: "drop" },
    operations: { address: "127.0.0.1", port: DEFAULT_OPERATIONS_PORT },
  });
});

test("nothing that is written gets lost on the way to the proxy", () => {
  const { loaded } = readByProxy(EVERYTHING);
  const written = environmentOf(EVERYTHING).identityProxy?.settings;

  expect(loaded?.settings).toMatchObject(JSON.parse(JSON.stringify(written)));
  expect(written).toMatchObject({ limits: { keepAliveSeconds: 4 }, audit: { hashKey: { env: "AUDIT" } }, workers: 2 });
});

test("the environment file knows the proxy's classes of routes", () => {
  expect([...ROUTE_CLASSES].sort()).toEqual(["inference", ...PROXY_ROUTE_CLASSES].sort());
});

test("the proxy knows every version of LiteLLM that the local target installs", () => {
  expect(INSTALLABLE_VERSIONS.filter((version) => !KNOWN_VERSIONS.includes(version))).toEqual([]);
});

const input = (schema: z.ZodType) => z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
type Json = { [name: string]: unknown };

/** What a JSON Schema allows, without words, defaults, and the difference between whole numbers and their bounds. */
function shape(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(shape);
  if (typeof schema !== "object" || schema === null) return schema;
  const told = ["description", "default", "$schema"];
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([name]) => !told.includes(name))
      .map(([name, value]) => [name, shape(value)]),
  );
}

function at(schema: unknown, ...path: string[]): Json {
  return shape(path.reduce<unknown>((rest, step) => (rest as Json)[step], schema)) as Json;
}

const OURS = input(identityProxySchema);
const THEIRS = input(settingsSchema);
const LISTENER = ["properties", "listeners", "items", "properties", "identity", "properties"];

describe("is written in the proxy's own words:", () => {
  test.each([
    ["limits", ["properties", "limits"]],
    ["oidc", [...LISTENER, "oidc", "properties"], ["caFile"]],
    ["serviceKeys", [...LISTENER, "serviceKeys"]],
    ["upstream.timeouts", ["properties", "upstream", "properties", "timeouts"]],
    ["upstream.identityIn", ["properties", "upstream", "properties", "identityIn"]],
    ["drainSeconds", ["properties", "drainSeconds"]],
    ["workers", ["properties", "workers"]],
  ])("%s", (_title, path, withheld: string[] = []) => {
    const theirs = Object.entries(at(THEIRS, ...path)).filter(([name]) => !withheld.includes(name));

    expect(at(OURS, ...path)).toEqual(Object.fromEntries(theirs));
  });

  test.each([
    ["policy", ["properties", "policy", "properties"], []],
    ["groups of the policy", ["properties", "policy", "properties", "groups", "items", "properties"], []],
    ["audit", ["properties", "audit", "properties"], []],
    ["gateway keys", ["properties", "gatewayKeys", "items", "properties"], []],
    ["operations", ["properties", "operations", "properties"], ["address"]],
    ["listeners", ["properties", "listeners", "items", "properties"], ["address", "tls"]],
    ["upstream", ["properties", "upstream", "properties"], ["caFile", "fields", "profile", "url", "version"]],
  ])("the names of %s", (_title, path, withheld: string[]) => {
    const theirs = Object.keys(at(THEIRS, ...path)).filter((name) => !withheld.includes(name));

    expect(Object.keys(at(OURS, ...path)).sort()).toEqual(theirs.sort());
  });
});

test.each([
  ["a group with a line break", 'policy: { groups: [{ group: "a\\nb" }] }'],
  ["a tag that is too long", `policy: { groups: [{ group: a, tags: [${"x".repeat(1001)}] }] }`],
  ["a URL with a password", 'listeners: [{ name: a, port: 1, identity: { oidc: { issuer: "https://u:p@x", audiences: [a] } } }]'],
  [
    "two sources of identity",
    "listeners: [{ name: a, port: 1, identity: { oidc: { issuer: https://x, audiences: [a] }, serviceKeys: { keys: [] } } }]",
  ],
  [
    "a symmetric algorithm",
    "listeners: [{ name: a, port: 1, identity: { oidc: { issuer: https://x, audiences: [a], algorithms: [HS256] } } }]",
  ],
])("%s is refused by the check and by the proxy", (_title, line) => {
  const written = project.write("bad.yaml", `${HEAD}identityProxy:\n  ${line}\n`);
  const file = project.write("bad-proxy.yaml", `${line}\n`);

  expect(loadEnvironment(written, "2026-11-21").environment).toBeUndefined();
  const { loaded, findings } = loadSettings(file, {});
  expect(loaded).toBeUndefined();
  // Not only for what is missing.
  expect(findings.filter(({ message }) => !message.includes("missing"))).not.toEqual([]);
});
