import { readdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { loadEnvironment } from "../../../core/config";
import type { LocalGateway } from "../../../tools/local/gateway";
import { userToken } from "../../../tools/local/issuer";
import { logs } from "../../../tools/local/logs";
import type { LocalStatus } from "../../../tools/local/status";
import { tempProject } from "../../support/temp-project";
import { freePort } from "./fake-kit";
import { CANARY, localTarget } from "./local-target";
import { allMarked, commandLines } from "./marked";
import { eventually } from "./supervisor/fake-part";

jest.setTimeout(60_000);

const target = localTarget();
const files = tempProject();
const { project, folders } = target;
let ports: { api: number; issuer: number; operations: number };

beforeAll(async () => {
  ports = { api: await freePort(), issuer: await freePort(), operations: await freePort() };
});

/** What the environment file says of the identity proxy, before this test's LiteLLM and with the secret of this test as its key. */
function front(policy = "{ groups: [{ group: engineering }, { group: sales }] }"): Partial<LocalGateway> {
  const file = files.write(
    "env.yaml",
    `name: local
target: local
litellm: { port: ${target.gateway.port}, config: { model_list: [{ model_name: m, litellm_params: { model: openai/gpt-4o } }] } }
database: { port: ${target.gateway.databasePort} }
secrets: { PROVIDER_KEY: { env: MY_KEY } }
identityProxy:
  development: { port: ${ports.issuer}, users: { alice: { groups: [engineering] }, bob: { groups: [sales] } } }
  listeners: [{ name: api, port: ${ports.api}, identity: { development: {} } }]
  operations: { port: ${ports.operations} }
  gatewayKeys: [{ key: os.environ/PROVIDER_KEY }]
  policy: ${policy}
`,
  );
  const { environment, findings } = loadEnvironment(file, "2026-11-21");
  if (environment?.target !== "local" || !environment.identityProxy) throw new Error(JSON.stringify(findings));
  return { identityProxy: environment.identityProxy };
}

async function askAs(user: string, headers: Record<string, string> = {}) {
  const token = await userToken({ project, name: "local", user, now: Date.now(), minutes: 5 });
  const response = await fetch(`http://127.0.0.1:${ports.api}/v1/chat/completions`, {
    method: "POST",
    headers: { ...headers, authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ model: "m", messages: [] }),
  });
  const body = (await response.json()) as { headers?: Record<string, string> };
  return { status: response.status, headers: body.headers };
}

function pid(status: LocalStatus, name: string): number {
  return status.parts.find((part) => part.name === name)?.pid ?? 0;
}

const ALICE = { status: 200, headers: { "x-litellm-end-user-id": "alice@example.org", "x-litellm-tags": "engineering" } };

describe("the identity proxy of a local gateway", () => {
  it("tells LiteLLM who asks, with its own key, whatever the client claims", async () => {
    const status = await target.up(front());
    expect(status).toMatchObject({ ok: true, proxyUrl: `http://127.0.0.1:${ports.api}` });
    expect(status.parts.map(({ name, state }) => [name, state])).toEqual([
      ["litellm", "running"],
      ["issuer", "running"],
      ["identity-proxy", "running"],
    ]);
    expect(await askAs("alice")).toMatchObject({ ...ALICE, headers: { ...ALICE.headers, authorization: `Bearer ${CANARY}` } });
    const forged = await askAs("bob", { "x-litellm-end-user-id": "alice@example.org", "x-litellm-tags": "engineering" });
    expect(forged.headers).toMatchObject({ "x-litellm-end-user-id": "bob@example.org", "x-litellm-tags": "sales" });
  });

  it("changes nothing the second time, and replaces the proxy alone for another policy", async () => {
    const first = await target.up(front());
    const second = await target.up(front());
    expect(second.parts).toEqual(first.parts);
    const third = await target.up(front("{ groups: [{ group: engineering }], unknownGroups: refuse }"));
    expect(pid(third, "identity-proxy")).not.toBe(pid(first, "identity-proxy"));
    expect([pid(third, "litellm"), pid(third, "issuer")]).toEqual([pid(first, "litellm"), pid(first, "issuer")]);
    expect([(await askAs("alice")).status, (await askAs("bob")).status]).toEqual([200, 403]);
  });

  it.each(["identity-proxy", "issuer"])("starts %s again after kill -9", async (name) => {
    const first = await target.up(front());
    process.kill(pid(first, name), "SIGKILL");
    await eventually(async () => {
      const now = await target.look();
      return now.ok && now.parts.some((part) => part.name === name && part.restarts === 1);
    }, `${name} runs again`);
    expect(await askAs("alice")).toMatchObject(ALICE);
  });

  it("keeps its secrets in one folder, closed to others, and out of command lines, logs and all other files", async () => {
    await target.up(front());
    await askAs("alice");
    const key = readFileSync(join(folders.secrets, "issuer-key"), "utf8");
    expect(statSync(join(folders.secrets, "issuer-key")).mode & 0o777).toBe(0o600);
    const secrets = [CANARY, (JSON.parse(key) as { d: string }).d];
    const entries = readdirSync(folders.root, { withFileTypes: true, recursive: true });
    const quoting = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      // The stand-in for LiteLLM prints its environment, which is what `logs` is there to clean.
      .filter((file) => !file.startsWith(folders.secrets) && !file.endsWith("litellm.log"))
      .filter((file) => secrets.some((secret) => readFileSync(file, "latin1").includes(secret)));
    expect(quoting).toEqual([]);
    expect(secrets.filter((secret) => commandLines().includes(secret))).toEqual([]);
    const lines: string[] = [];
    const options = { project, name: "local", part: "identity-proxy", lines: 10, environment: target.environment };
    for await (const line of logs(options)) lines.push(line);
    expect(lines.join("\n")).toContain('"decision":"forwarded"');
    expect(lines.join("\n")).not.toContain("alice");
  });

  it("is left out, and says why, where it would need a key that LiteLLM cannot make", async () => {
    const { identityProxy } = front();
    const status = await target.up({ ...(identityProxy && { identityProxy: { ...identityProxy, makesKey: true } }) });
    expect(status.parts.map(({ name }) => name)).toEqual(["litellm"]);
    expect(status.missing).toContainEqual({
      part: "identity-proxy",
      problem: "LiteLLM keeps no virtual key for it without a database",
      repair: "install postgresql",
    });
  });

  it("refuses a port that another program listens on, and names the setting", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(ports.issuer, "127.0.0.1", resolve));
    try {
      await expect(target.up(front())).rejects.toThrow(`port ${ports.issuer} (identityProxy.development.port) is in use`);
    } finally {
      other.close();
    }
  });

  it("goes, and its users with it, when the environment has none any more", async () => {
    await target.up(front());
    const status = await target.up();
    await eventually(
      async () => allMarked(folders.root).every((command) => !command.includes("identity-proxy")),
      "the proxy ends",
    );
    expect(status.parts.map(({ name }) => name)).toEqual(["litellm"]);
    await expect(askAs("alice")).rejects.toThrow("local has no development issuer here");
  });

  it("leaves no process behind", async () => {
    await target.up(front());
    await target.down(true);
    expect(allMarked(folders.root)).toEqual([]);
  });
});
