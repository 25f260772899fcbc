import { statSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { localFolders } from "../../../tools/local/folders";
import { developmentUsers, issuerServer, publicKey, signingKey, userToken, writeIssuer } from "../../../tools/local/issuer";
import { LocalError } from "../../../tools/local/local-error";
import { makeFolders } from "../../../tools/local/workplace";
import { useFolder } from "./programs";

const NOW = Date.UTC(2026, 10, 21);
const project = useFolder();
let server: Server | undefined;

afterEach(() => {
  server?.close();
  server?.closeAllConnections();
});

/** Brings the issuer up in this process, and returns its address. */
async function deployed(
  users = { alice: { email: "alice@example.org", groups: ["engineering", "Sales, EMEA"] } },
): Promise<string> {
  const folders = localFolders(project(), "local");
  makeFolders(folders);
  const keys = [publicKey(signingKey(folders.secrets))];
  const described = { port: 0, issuer: "http://issuer.test", audience: "litellm", users, keys };
  writeIssuer(folders, described);
  const opened = issuerServer(described);
  server = opened;
  await new Promise<void>((resolve) => opened.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(opened.address() as AddressInfo).port}`;
}

const token = (user = "alice", now = NOW) => userToken({ project: project(), name: "local", user, now, minutes: 60, id: "t-1" });

test("a token is verified by the keys that the issuer publishes, and says who it is for", async () => {
  const address = await deployed();
  const keys = createRemoteJWKSet(new URL(`${address}/jwks`));
  const { payload, protectedHeader } = await jwtVerify(await token(), keys, {
    issuer: "http://issuer.test",
    audience: "litellm",
    algorithms: ["ES256"],
    currentDate: new Date(NOW + 3_599_000),
  });

  expect(payload).toEqual({
    iss: "http://issuer.test",
    aud: "litellm",
    sub: "alice",
    email: "alice@example.org",
    email_verified: true,
    preferred_username: "alice",
    groups: ["engineering", "Sales, EMEA"],
    iat: NOW / 1000,
    exp: NOW / 1000 + 3600,
    jti: "t-1",
  });
  expect(protectedHeader.kid).toMatch(/^[\w-]{43}$/);
});

test("a token ends when it was said to", async () => {
  const keys = createRemoteJWKSet(new URL(`${await deployed()}/jwks`));

  await expect(jwtVerify(await token(), keys, { currentDate: new Date(NOW + 3_601_000) })).rejects.toThrow(/"exp"/);
});

test("the issuer publishes no private key, and answers nothing else", async () => {
  const address = await deployed();
  const texts = await Promise.all(
    ["/jwks", "/.well-known/openid-configuration"].map(async (path) => await (await fetch(`${address}${path}`)).text()),
  );
  const { d } = signingKey(localFolders(project(), "local").secrets);

  expect(JSON.parse(texts[1] ?? "")).toMatchObject({ issuer: "http://issuer.test", jwks_uri: "http://issuer.test/jwks" });
  expect(texts.join()).not.toContain(d);
  expect((await fetch(`${address}/token?user=alice`)).status).toBe(404);
  expect((await fetch(`${address}/jwks`, { method: "POST" })).status).toBe(404);
});

test("the signing key is made once, and is for this user alone", async () => {
  await deployed();
  const { secrets } = localFolders(project(), "local");

  expect(signingKey(secrets)).toEqual(signingKey(secrets));
  expect(statSync(join(secrets, "issuer-key")).mode & 0o777).toBe(0o600);
});

test("there is a token for the users of the file, and for nobody else", async () => {
  await deployed();

  expect(developmentUsers({ project: project(), name: "local" })).toEqual(["alice"]);
  await expect(token("constructor")).rejects.toThrow(new LocalError('"constructor" is no development user', ""));
});

test("without an issuer there is no token, and it says what brings one", async () => {
  await expect(token()).rejects.toMatchObject({
    message: "local has no development issuer here",
    repair: "name users under identityProxy.development in its file, then bring it up: cdktf-litellm local up",
  });
});
