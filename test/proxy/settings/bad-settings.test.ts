import { loadSettings } from "../../../proxy/src/settings";
import { GATEWAY_KEY, settingsFile } from "../support/settings";

const OIDC = "{ oidc: { issuer: https://login.example.com, audiences: [litellm] } }";

const ADDRESS = "an IP address, such as 127.0.0.1 or 0.0.0.0";

/** A settings file in which the test replaces one line. */
function text(replace: readonly [from: string, to: string] = ["", ""]): string {
  return `
upstream: { profile: litellm, version: 1.108.10, url: http://127.0.0.1:4000 }
gatewayKeys: [{ key: { env: GATEWAY_KEY } }]
listeners:
  - name: api
    port: 8080
    identity: ${OIDC}
policy:
  groups: [{ group: engineering, routes: [inference], models: ["gpt-*"] }]
`.replace(...replace);
}

function load(settings: string, environment: Record<string, string> = { GATEWAY_KEY }) {
  const { loaded, findings } = loadSettings(settingsFile(settings), environment);
  return {
    loaded,
    findings: findings.map(({ place, ...finding }) => ({ ...finding, line: place?.line, column: place?.column })),
  };
}

/** What is wrong, the part of the file that is replaced, and what the finding says. */
type Bad = readonly [what: string, replace: readonly [string, string], finding: Record<string, unknown>];

const BAD: readonly Bad[] = [
  [
    "a misspelt setting",
    ["policy:", "drainSecond: 5\npolicy:"],
    { rule: "proxy-unknown-setting", line: 8, column: 1, message: "unknown name", repair: "did you mean drainSeconds?" },
  ],
  [
    "a listener with two sources of identity",
    [OIDC, "{ mtls: {}, oauth2Proxy: { peers: [10.0.0.1], headers: forwarded } }"],
    { rule: "proxy-invalid-setting", line: 7, message: expect.stringContaining("exactly one source of identity") },
  ],
  [
    "a listener without identity",
    [`identity: ${OIDC}`, "address: 127.0.0.1"],
    { rule: "proxy-invalid-setting", message: "this name is missing" },
  ],
  [
    "a symmetric signature algorithm",
    ["audiences: [litellm]", "audiences: [litellm], algorithms: [HS256]"],
    { rule: "proxy-invalid-setting", line: 7, got: '"HS256"' },
  ],
  [
    "an issuer over plain http",
    ["https://login.example.com", "http://login.example.com"],
    { rule: "proxy-insecure-url", line: 7, got: "http://login.example.com", expected: "https" },
  ],
  [
    "a secret written into the file",
    ["{ env: GATEWAY_KEY }", "sk-1234567890abcdef"],
    { rule: "proxy-invalid-setting", line: 3, got: "a hidden value", expected: "{ env: NAME } or { file: PATH }" },
  ],
  [
    "a secret that is not there",
    ["GATEWAY_KEY", "OTHER_KEY"],
    { rule: "proxy-secret-unusable", line: 3, message: "the environment variable OTHER_KEY is not set" },
  ],
  [
    "a LiteLLM version that is not known",
    ["1.108.10", "1.9.9"],
    { rule: "proxy-unknown-version", line: 2, got: "1.9.9", expected: expect.stringContaining("1.108.10") },
  ],
  [
    "an admin route among the pass-through paths",
    ["version: 1.108.10,", "version: 1.108.10, passThrough: [/key/generate],"],
    { rule: "proxy-pass-through-path", line: 2, got: "/key/generate" },
  ],
  [
    "a route of LiteLLM's own among the pass-through paths",
    ["version: 1.108.10,", "version: 1.108.10, passThrough: [/openai/v1/responses],"],
    { rule: "proxy-pass-through-path", line: 2, got: "/openai/v1/responses" },
  ],
  [
    "pass-through paths of a provider that was not tried",
    ["version: 1.108.10,", "version: 1.108.10, passThrough: [/bedrock/model/x/invoke],"],
    { rule: "proxy-pass-through-path", line: 2, expected: "/anthropic/…, /openai/…" },
  ],
  [
    "pass-through paths of another gateway",
    ["profile: litellm, version: 1.108.10,", "profile: portkey, passThrough: [/anthropic/v1/messages],"],
    { rule: "proxy-pass-through-path", line: 2, got: "/anthropic/v1/messages" },
  ],
  [
    "a class of routes that does not exist",
    ["[inference]", "[inferense]"],
    { rule: "proxy-unknown-route-class", line: 9, repair: "did you mean inference?" },
  ],
  [
    "a gateway key behind one for everybody",
    ["{ env: GATEWAY_KEY } }", "{ env: GATEWAY_KEY } }, { group: engineering, key: { env: GATEWAY_KEY } }"],
    { rule: "proxy-gateway-key-order", line: 3, message: "this key is never used: the one before it fits everybody" },
  ],
  [
    "a gateway key of a group that the policy does not list",
    ["[{ key:", "[{ group: enginering, key:"],
    { rule: "proxy-gateway-key-order", line: 3, repair: "did you mean engineering?" },
  ],
  [
    "a group with a comma behind oauth2-proxy",
    [
      `${OIDC}\npolicy:\n  groups: [{ group: engineering,`,
      '{ oauth2Proxy: { peers: [10.0.0.0/8], headers: forwarded } }\npolicy:\n  groups: [{ group: "Sales, EMEA",',
    ],
    { rule: "proxy-group-comma", line: 9, got: "Sales, EMEA" },
  ],
  ["client certificates without an authority", [OIDC, "{ mtls: {} }"], { rule: "proxy-mtls-authority", line: 7 }],
  [
    "a policy that allows nothing",
    ['[{ group: engineering, routes: [inference], models: ["gpt-*"] }]', "[]"],
    { rule: "proxy-nobody-allowed", line: 9 },
  ],
  [
    "a group that is listed twice",
    ["[{ group: engineering,", "[{ group: engineering }, { group: engineering,"],
    { rule: "proxy-name-twice", line: 9 },
  ],
  [
    "a peer that is no address",
    [OIDC, "{ oauth2Proxy: { peers: [10.0.0.0/33], headers: forwarded } }"],
    { rule: "proxy-invalid-setting", line: 7, got: '"10.0.0.0/33"' },
  ],
  ...["0.0.0.0/0", "64.0.0.0/7", "::/0", "::/64", "::ffff:0.0.0.0/96", "::ffff:128.0.0.0/103"].map(
    (range): Bad => [
      `peers that are almost everybody: ${range}`,
      [OIDC, `{ oauth2Proxy: { peers: [10.0.0.1, "${range}"], headers: forwarded } }`],
      { rule: "proxy-peers-anybody", line: 7, path: "listeners[0].identity.oauth2Proxy.peers[1]", got: range },
    ],
  ),
  [
    "operations on a name",
    ["policy:", "operations: { address: localhost }\npolicy:"],
    { rule: "proxy-invalid-setting", line: 8, got: '"localhost"', expected: ADDRESS },
  ],
  [
    "a listener on a name",
    ["port: 8080", "address: localhost\n    port: 8080"],
    { rule: "proxy-invalid-setting", line: 6, got: '"localhost"', expected: ADDRESS },
  ],
  [
    "a setting of another profile",
    ["profile: litellm", "profile: portkey"],
    { rule: "proxy-setting-without-effect", line: 2, message: "version has no effect with profile portkey" },
  ],
  [
    "a certificate that is not there",
    ["port: 8080", "port: 8080\n    tls: { certificateFile: none.pem, keyFile: none.key }"],
    { rule: "proxy-file-unusable", line: 7 },
  ],
  [
    "a port that is taken twice",
    ["policy:", `  - { name: other, port: 8080, identity: ${OIDC} }\npolicy:`],
    { rule: "proxy-name-twice", message: "listener api has this address and port already" },
  ],
];

describe("a settings file", () => {
  it("that is right is taken, with every default filled in", () => {
    const { loaded, findings } = load(text());
    expect(findings).toEqual([]);
    expect(loaded?.settings).toMatchObject({
      drainSeconds: 30,
      workers: 1,
      audit: { identity: "hashed" },
      policy: { unknownGroups: "drop" },
    });
    expect(loaded?.gatewayKeys).toEqual([GATEWAY_KEY]);
  });

  it.each(BAD)("with %s is refused, with place and repair", (_what, replace, expected) => {
    expect(text(replace)).not.toBe(text());
    const { loaded, findings } = load(text(replace));
    expect(loaded).toBeUndefined();
    expect(findings).toContainEqual(expect.objectContaining({ severity: "error", ...expected }));
    for (const finding of findings) expect(finding.repair ?? finding.expected).toBeTruthy();
  });

  it("with several mistakes gets a finding for each", () => {
    const { findings } = load(text(["1.108.10", "1.9.9"]).replace("[inference]", "[nothing-like-it]"), {});
    expect(findings.map(({ rule }) => rule).sort()).toEqual([
      "proxy-secret-unusable",
      "proxy-unknown-route-class",
      "proxy-unknown-version",
    ]);
  });

  it.each(["10.0.0.0/8", "172.16.0.0/12", "fd00::/8", "fc00::/7", "2001:db8::/32", "::1", "::ffff:10.0.0.0/104"])(
    "whose peers are %s is taken",
    (range) => {
      const { loaded, findings } = load(text([OIDC, `{ oauth2Proxy: { peers: ["${range}"], headers: forwarded } }`]));
      expect(findings).toEqual([]);
      expect(loaded).toBeDefined();
    },
  );

  it.each([
    ["two lines", "one\ntwo"],
    ["a space", "one two"],
    ["nothing", ""],
    ["letters that no header can carry", "schlüssel"],
  ])("whose secret is %s is refused, and the value is not shown", (_what, secret) => {
    const { loaded, findings } = load(text(), { GATEWAY_KEY: secret });
    expect(loaded).toBeUndefined();
    expect(findings).toMatchObject([{ rule: "proxy-secret-unusable" }]);
    if (secret !== "") expect(JSON.stringify(findings)).not.toContain(secret);
  });

  it.each([
    [
      "a service",
      `{ serviceKeys: { keys: [{ sha256: "${"0".repeat(64)}", user: batch, groups: [enginering] }] } }`,
      { path: "listeners[0].identity.serviceKeys.keys[0].groups[0]", got: "enginering", repair: "did you mean engineering?" },
    ],
    [
      "client certificates",
      "{ mtls: { groups: [engineering, sales] } }",
      { path: "listeners[0].identity.mtls.groups[1]", got: "sales", repair: "list the group in policy.groups, or remove it" },
    ],
  ])("that gives %s a group which the policy does not list gets a warning", (_what, identity, expected) => {
    const unlisted = (settings: string) => load(settings).findings.filter(({ rule }) => rule === "proxy-unlisted-group");
    const settings = text([OIDC, identity]);
    expect(unlisted(settings)).toMatchObject([{ severity: "warning", line: 7, ...expected }]);
    expect(unlisted(settings.replace(/groups: .*\n$/, "everyone: {}\n"))).toEqual([]);
  });

  it("whose tags are over the gateway's limits is taken with a warning", () => {
    const settings = text(["upstream: { profile: litellm, version: 1.108.10,", "upstream: { profile: vercel,"]);
    const { loaded, findings } = load(settings.replace("group: engineering", `group: ${"g".repeat(65)}`));
    expect(loaded).toBeDefined();
    expect(findings).toMatchObject([{ rule: "proxy-tag-limit", severity: "warning", line: 9 }]);
  });
});
