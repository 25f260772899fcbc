import { loadSettings } from "../../../proxy/src/settings";
import { settingsFile } from "../support/settings";

const OIDC = "identity: { oidc: { issuer: http://login.example.com, audiences: [litellm] } }";

/** Each line has a mistake that only the whole shows: a version, a secret, an URL, a class of routes, a port. */
const PARTS = {
  upstream: "upstream: { profile: litellm, version: 1.9.9, url: http://127.0.0.1:4000 }",
  gatewayKeys: "gatewayKeys: [{ group: sales, key: { env: GATEWAY_KEY } }]",
  listeners: `listeners: [{ name: api, port: 9090, address: 127.0.0.1, ${OIDC} }]`,
  policy: "policy: { groups: [{ group: engineering, routes: [inferense] }] }",
  operations: "operations: { port: 9090 }",
  audit: "audit: { hashKey: { env: HASH_KEY } }",
  drainSeconds: "drainSeconds: 5",
};

/** Where something is found, with these parts in place of the ones above. */
function paths(other: Partial<Record<keyof typeof PARTS | "more", string>>): string[] {
  const { loaded, findings } = loadSettings(settingsFile(Object.values({ ...PARTS, ...other }).join("\n")), {});
  expect(loaded).toBeUndefined();
  return findings.map(({ path }) => path);
}

const VERSION = ["upstream.version"];
const SECRETS = ["gatewayKeys[0].key"];
const GROUPS = ["gatewayKeys[0].group", "policy.groups[0].group"];
const ISSUER = ["listeners[0].identity.oidc.issuer"];
const PORT = ["listeners[0].port"];
const ROUTES = ["policy.groups[0].routes[0]"];
const HASH_KEY = ["audit.hashKey"];

const sorted = (...lists: readonly string[][]): string[] => lists.flat().sort();

it("what only the whole shows is found in every part", () => {
  expect(paths({}).sort()).toEqual(sorted(VERSION, SECRETS, GROUPS, ISSUER, PORT, ROUTES, HASH_KEY));
});

it("a mistake in the form of a part that nothing else depends on hides nothing", () => {
  const all = sorted(VERSION, SECRETS, GROUPS, ISSUER, PORT, ROUTES, HASH_KEY, ["drainSeconds"]);
  expect(paths({ drainSeconds: "drainSeconds: never" }).sort()).toEqual(all);
});

it.each([
  ["upstream", "upstream: { profile: nothing }", sorted(SECRETS, GROUPS, ISSUER, PORT, ROUTES, HASH_KEY)],
  ["gatewayKeys", "gatewayKeys: 1", sorted(VERSION, ISSUER, PORT, ROUTES, HASH_KEY)],
  ["listeners", "listeners: [{ name: api }]", sorted(VERSION, SECRETS, GROUPS, ROUTES, HASH_KEY)],
  ["policy", "policy: { groups: engineering }", sorted(VERSION, SECRETS, ISSUER, PORT, HASH_KEY)],
  ["operations", "operations: { port: none }", sorted(VERSION, SECRETS, GROUPS, ISSUER, ROUTES, HASH_KEY)],
  ["audit", "audit: { hashKey: 1 }", sorted(VERSION, SECRETS, GROUPS, ISSUER, PORT, ROUTES)],
] as const)("a mistake in the form of %s hides only what cannot be said without it", (name, text, others) => {
  const found = paths({ [name]: text });
  expect(found.filter((path) => others.includes(path)).sort()).toEqual(others);
  const own = found.filter((path) => !others.includes(path));
  expect(own.length).toBeGreaterThan(0);
  for (const path of own) expect(path).toMatch(new RegExp(`^${name}`));
});

it("of a part whose name is misspelt nothing is said but that", () => {
  const others = sorted(VERSION, SECRETS, GROUPS, ISSUER, ROUTES, HASH_KEY);
  expect(paths({ operations: "operation: { port: 9091 }" }).sort()).toEqual(sorted(others, ["operation"]));
});

it("a file that is a list has that one mistake", () => {
  expect(loadSettings(settingsFile("[1]"), {}).findings).toHaveLength(1);
});
