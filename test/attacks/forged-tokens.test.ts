import { createHmac } from "node:crypto";
import { RunningProxy } from "../proxy/support/running-proxy";
import { send } from "./support/attempt";

const text = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

// Tokens that look right to a reader who does not check everything.
describe("a token", () => {
  let running: RunningProxy;
  beforeAll(async () => {
    running = await RunningProxy.start();
  });
  afterAll(() => running.stop());
  beforeEach(() => {
    running.gateway.requests.length = 0;
  });

  const claims = (): Record<string, unknown> => {
    const seconds = Math.floor(running.now / 1000);
    return { iss: running.issuer.url, aud: "litellm", sub: "mallory", groups: ["engineering"], iat: seconds, exp: seconds + 300 };
  };
  const reasonFor = async (token: string) => {
    const { status, reason } = await send(running, { credential: [`authorization: Bearer ${token}`] });
    expect(running.gateway.requests).toEqual([]);
    expect(status).toBe(401);
    return reason;
  };

  test("honest: of the issuer is accepted", async () => {
    expect((await send(running, {})).status).toBe(200);
  });

  test("without a signature is not", async () => {
    expect(await reasonFor(`${text({ alg: "none" })}.${text(claims())}.`)).toMatch(/^token_/);
  });

  test("signed with a word instead of a key is not", async () => {
    const signed = `${text({ alg: "HS256", kid: "key-1" })}.${text(claims())}`;
    expect(await reasonFor(`${signed}.${createHmac("sha256", "key-1").update(signed).digest("base64url")}`)).toMatch(/^token_/);
  });

  test("that brings a key along is not", async () => {
    const other = await RunningProxy.start();
    const token = await other.issuer.token(running.now, { ...claims(), iss: running.issuer.url });
    await other.stop();
    expect(await reasonFor(token)).toMatch(/^token_/);
  });

  test.each([
    ["of another issuer", { iss: "http://mallory" }],
    ["for another audience", { aud: "mallory" }],
    ["that has ended", { exp: 1 }],
    ["that has not begun", { nbf: 4_000_000_000 }],
  ])("%s is not", async (_what, wrong) => {
    expect(await reasonFor(await running.issuer.token(running.now, wrong))).toMatch(/^token_/);
  });

  test("whose name was changed is not", async () => {
    const [head = "", , signature = ""] = (await running.issuer.token(running.now)).split(".");
    expect(await reasonFor(`${head}.${text(claims())}.${signature}`)).toMatch(/^token_/);
  });
});
