import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadSettings } from "../../../proxy/src/settings";
import { GATEWAY_KEY, settingsFile } from "../support/settings";

const FIXTURES = join(__dirname, "../../fixtures/proxy");
const folder = mkdtempSync(join(tmpdir(), "identity-proxy-pem-"));

const fixture = (name: string): string => join(FIXTURES, name);
const text = (name: string): string => readFileSync(fixture(name), "utf8");

/** A file of this text. */
function holding(content: string): string {
  const file = join(mkdtempSync(join(folder, "file-")), "file.pem");
  writeFileSync(file, content);
  return file;
}

/** What is found where these files stand in the place of good ones. */
function problems(files: Partial<Record<"certificate" | "key" | "client" | "crl" | "issuer" | "upstream", string>>) {
  const { certificate = fixture("server.pem"), key = fixture("server.key"), client = fixture("ca.pem") } = files;
  const { issuer = fixture("ca.pem"), upstream = fixture("ca.pem"), crl } = files;
  const { findings } = loadSettings(
    settingsFile(`
upstream: { profile: litellm, version: 1.108.10, url: https://127.0.0.1:4000, caFile: ${upstream} }
gatewayKeys: [{ key: { env: GATEWAY_KEY } }]
listeners:
  - name: machines
    port: 8443
    tls: { certificateFile: ${certificate}, keyFile: ${key}, clientCaFile: ${client}${crl ? `, crlFile: ${crl}` : ""} }
    identity: { mtls: {} }
  - name: people
    port: 8080
    identity: { oidc: { issuer: https://login.example.com, audiences: [litellm], caFile: ${issuer} } }
policy: { groups: [{ group: engineering }] }
`),
    { GATEWAY_KEY },
  );
  return findings.map(({ rule, path, message, repair }) => ({ rule, path, message, repair }));
}

const TLS = "listeners[0].tls";
const AUTHORITIES = [
  ["client", `${TLS}.clientCaFile`],
  ["issuer", "listeners[1].identity.oidc.caFile"],
  ["upstream", "upstream.caFile"],
] as const;
const CUT_OFF = text("server.pem").slice(0, 200);

it("good files pass, several authorities and words between them included", () => {
  const several = holding(`the first\n${text("ca.pem")}\nthe second\n${text("stranger.pem")}`);
  expect(problems({ client: several, issuer: several, upstream: several })).toEqual([]);
});

describe.each(AUTHORITIES)("the authority of %s", (which, path) => {
  it.each([
    ["no PEM", "notpem", "this file holds no certificate in PEM"],
    ["empty", "", "this file holds no certificate in PEM"],
    ["a key", text("server.key"), "this file holds no certificate in PEM"],
    ["cut off", CUT_OFF, "this certificate cannot be read"],
    ["good, and then cut off", `${text("ca.pem")}${CUT_OFF}`, "certificate 2 of 2 in this file cannot be read"],
    ["cut off, and then good", `${CUT_OFF}\n${text("ca.pem")}`, "certificate 1 of 2 in this file cannot be read"],
  ])("that is %s is refused", (_what, content, message) => {
    const repair = "name a PEM file with whole certificates, each from its BEGIN line to its END line";
    expect(problems({ [which]: holding(content) })).toEqual([{ rule: "proxy-file-unusable", path, message, repair }]);
  });
});

describe("of a listener's TLS", () => {
  it.each([
    ["a certificate that is no PEM", { certificate: holding("notpem") }, "certificateFile", "no certificate in PEM"],
    ["a key in its place", { certificate: fixture("server.key") }, "certificateFile", "no certificate in PEM"],
    ["a key that is no PEM", { key: holding("notpem") }, "keyFile", "no private key in PEM"],
    ["an empty key", { key: holding("") }, "keyFile", "no private key in PEM"],
    ["a certificate in the place of the key", { key: fixture("server.pem") }, "keyFile", "no private key in PEM"],
    ["a revocation list that is none", { crl: holding("notpem") }, "crlFile", "no revocation list in PEM"],
    ["a key of another certificate", { key: fixture("client.key") }, "keyFile", "the key does not belong to the certificate"],
  ])("%s is told apart", (_what, files, name, message) => {
    const found = problems(files);
    expect(found).toMatchObject([
      { rule: "proxy-file-unusable", path: `${TLS}.${name}`, message: expect.stringContaining(message) },
    ]);
  });

  it("both files are named where both are wrong", () => {
    const found = problems({ certificate: holding("notpem"), key: holding("notpem") });
    expect(found.map(({ path }) => path)).toEqual([`${TLS}.certificateFile`, `${TLS}.keyFile`]);
  });

  it("a chain whose first certificate is another's gets a repair that fits", () => {
    const chain = holding(`${text("ca.pem")}${text("server.pem")}`);
    const repair = "name the key that this certificate was made for; in a chain, the listener's own certificate stands first";
    expect(problems({ certificate: chain })).toMatchObject([{ path: `${TLS}.keyFile`, repair }]);
  });

  it("a key with a passphrase is called so", () => {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const key = privateKey.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "words" });
    expect(problems({ key: holding(String(key)) })).toMatchObject([
      { path: `${TLS}.keyFile`, message: "this private key is encrypted", repair: "write it without a passphrase" },
    ]);
  });
});
