import { readFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import { RunningProxy } from "../support/running-proxy";

const FIXTURES = join(__dirname, "../../fixtures/proxy");
const pem = (name: string): string => readFileSync(join(FIXTURES, name), "utf8");
const TLS = `{ certificateFile: ${join(FIXTURES, "server.pem")}, keyFile: ${join(FIXTURES, "server.key")}, clientCaFile: ${join(FIXTURES, "ca.pem")} }`;

function start(mtls: string): Promise<RunningProxy> {
  return RunningProxy.start({
    identity: `{ mtls: ${mtls} }`,
    tls: TLS,
    policy: "{ groups: [{ group: engineering }, { group: machines }] }",
  });
}

/** Status and reason code of a call with a client certificate; the error code where there is no answer. */
function call(running: RunningProxy, client?: string): Promise<unknown> {
  return new Promise((resolve) => {
    const certificate = client === undefined ? {} : { cert: pem(`${client}.pem`), key: pem(`${client}.key`) };
    const options = {
      host: "127.0.0.1",
      port: running.port,
      path: "/v1/models",
      ca: pem("ca.pem"),
      servername: "localhost",
      agent: false as const,
    };
    const outgoing = request({ ...options, ...certificate }, (response) => {
      response.resume();
      response.on("end", () => resolve([response.statusCode, response.headers["x-identity-proxy-reason"]]));
    });
    outgoing.on("error", (error: NodeJS.ErrnoException) => resolve(error.code));
    outgoing.end();
  });
}

describe("a listener with client certificates", () => {
  it("takes the caller from the subject, and groups from it and from the settings", async () => {
    const running = await start("{ groups: [machines] }");
    expect(await call(running, "client")).toEqual([200, undefined]);
    const { headers } = running.gateway.last;
    expect(headers).toMatchObject({ "x-litellm-end-user-id": ["build-agent"], "x-litellm-tags": ["engineering,machines"] });
    await running.stop();
  });

  it("takes the caller from an alternative name where the settings want that", async () => {
    const running = await start("{ user: uri }");
    expect(await call(running, "client")).toEqual([200, undefined]);
    expect(running.gateway.last.headers["x-litellm-end-user-id"]).toEqual(["spiffe://example.com/build-agent"]);
    await running.stop();
  });

  it("refuses a subject with two names, a stranger's certificate, and none", async () => {
    const running = await start("{}");
    expect(await call(running, "two-names")).toEqual([403, "certificate_unusable"]);
    for (const client of ["stranger", undefined]) expect(await call(running, client)).toMatch(/^(ECONNRESET|EPROTO|ERR_SSL_)/);
    expect(running.gateway.requests).toEqual([]);
    expect(await call(running, "client")).toEqual([200, undefined]);
    await running.stop();
  });
});
