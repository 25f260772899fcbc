import { type LoadResult, loadSettings } from "../../../proxy/src/settings";
import { GATEWAY_KEY, settingsFile } from "../support/settings";

const OIDC = "{ oidc: { issuer: https://login.example.com, audiences: [litellm] } }";
const HEXADECIMAL = "9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08";

function load(parts: { key?: string; identity?: string; tls?: string; more?: string }, environment = {}): LoadResult {
  const { key = "{ env: GATEWAY_KEY }", identity = OIDC, tls, more = "" } = parts;
  const text = `
upstream: { profile: litellm, version: 1.108.10, url: http://127.0.0.1:4000 }
gatewayKeys: [{ key: ${key} }]
listeners: [{ name: api, port: 8080, ${tls ? `tls: ${tls}, ` : ""}identity: ${identity} }]
policy: { groups: [{ group: engineering }] }
${more}`;
  return loadSettings(settingsFile(text), { GATEWAY_KEY, ...environment });
}

const services = (key: string): string => `{ serviceKeys: { keys: [${key}] } }`;

/** Where somebody writes a secret in the place of its name, and a part of it that no message may hold. */
const PASTED: readonly (readonly [string, Parameters<typeof load>[0], string])[] = [
  ["a gateway key as the name of a variable", { key: "{ env: sk-live-SECRETKEY-0123456789 }" }, "SECRETKEY"],
  ["a key that could be a name", { key: "{ env: sk_live_SECRETKEY_0123456789 }" }, "SECRETKEY"],
  ["hexadecimal digits that could be a name", { key: `{ env: ${HEXADECIMAL.slice(1)} }` }, "F86D081884C7"],
  ["letters and digits that could be a name", { key: "{ env: kJ8sPq2LmN4vXz7RtY0w }" }, "kJ8sPq2LmN4"],
  ["digits alone", { key: "{ env: 1234567890 }" }, "1234567890"],
  ["a key as a file", { key: "{ file: kJ8sPq2LmN4vXz7RtY0w }" }, "kJ8sPq2LmN4"],
  ["a key as a name of the reference", { key: "{ kJ8sPq2LmN4vXz7RtY0w }" }, "kJ8sPq2LmN4"],
  ["a key as a list of files", { key: "{ file: [kJ8sPq2LmN4vXz7RtY0w] }" }, "kJ8sPq2LmN4"],
  ["a key without a reference", { key: "kJ8sPq2LmN4vXz7RtY0w" }, "kJ8sPq2LmN4"],
  ["the key of the audit as the name of a variable", { more: "audit: { hashKey: { env: plain-words } }" }, "plain-words"],
  ["the key of the audit without a reference", { more: "audit: { hashKey: kJ8sPq2LmN4vXz7RtY0w }" }, "kJ8sPq2LmN4"],
  ["a service key as its hash", { identity: services("{ sha256: kJ8sPq2LmN4vXz7RtY0w, user: a }") }, "kJ8sPq2LmN4"],
  ["64 digits in upper case as a hash", { identity: services(`{ sha256: ${HEXADECIMAL}, user: a }`) }, "9F86D081884C7"],
  ["a service key in the list of keys", { identity: services("kJ8sPq2LmN4vXz7RtY0w") }, "kJ8sPq2LmN4"],
  ["a service key in the place of the list", { identity: "{ serviceKeys: kJ8sPq2LmN4vXz7RtY0w }" }, "kJ8sPq2LmN4"],
  ["a key as a name at the top", { more: "sk-live-SECRETKEY-0123456789: 1" }, "SECRETKEY"],
  ["a key as the name of a part", { more: "operations: { kJ8sPq2LmN4vXz7RtY0w: 1 }" }, "kJ8sPq2LmN4"],
  ["a key as a name that needs quotes", { more: 'audit: { "sk-live.SECRETKEY-0123456789": 1 }' }, "SECRETKEY"],
  ["a key as the name of a limit", { more: "limits: { sk-live-SECRETKEY-0123456789: 1 }" }, "SECRETKEY"],
  ["a key as the group of a key", { key: "{ env: GATEWAY_KEY }, group: sk-live-SECRETKEY-0123456789" }, "SECRETKEY"],
  [
    "the text of a private key as its file",
    { tls: '{ certificateFile: none.pem, keyFile: "MC4CAQAwBQYDK2VwBCIEIDx0" }' },
    "MC4CAQAwBQ",
  ],
  [
    "the text of a private key as the file of the certificate",
    { tls: '{ certificateFile: "-----BEGIN PRIVATE KEY----- MC4CAQAwBQYDK2VwBCIEIDx0", keyFile: none.key }' },
    "MC4CAQAwBQ",
  ],
];

it.each(PASTED)("%s is refused and not shown", (_what, parts, secret) => {
  const { loaded, findings } = load(parts);
  expect(loaded).toBeUndefined();
  expect(findings.length).toBeGreaterThan(0);
  expect(JSON.stringify(findings)).not.toContain(secret);
});

it("what is no name of a variable is called so, and a key in its place is to be replaced", () => {
  const { findings } = load({ key: "{ env: sk-live-SECRETKEY-0123456789 }" });
  expect(findings).toMatchObject([
    {
      rule: "proxy-invalid-setting",
      path: "gatewayKeys[0].key.env",
      message: "this is no name of an environment variable",
      got: "a hidden value",
      repair: "write the variable's name; have the key replaced if this is the key itself",
    },
  ]);
});

it("a service key in the place of its hash is to be replaced", () => {
  const { findings } = load({ identity: services(`{ sha256: ${HEXADECIMAL}, user: a }`) });
  expect(findings).toMatchObject([
    {
      message: "not 64 hexadecimal digits in lower case",
      got: "a hidden value",
      repair: "write what --hash-key prints for the key; have the key replaced if this is the key itself",
    },
  ]);
});

it.each(["LITELLM_KEY", "litellm_key_2", "_k", "ASIA_PACIFIC_KEY_2026", "hf_gateway_key", "GatewayKey"])(
  "%s is a name of a variable, and shown where it is not set",
  (name) => {
    const { findings } = load({ key: `{ env: ${name} }` });
    expect(findings).toMatchObject([{ message: `the environment variable ${name} is not set` }]);
    expect(load({ key: `{ env: ${name} }` }, { [name]: "sk-1" }).findings).toEqual([]);
  },
);
