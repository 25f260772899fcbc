import { Reloader } from "../../../proxy/src/process/reloader";
import { leftForRestart, refuseWhatIsOpen, withWhatStays } from "../../../proxy/src/process/restart";
import type { LoadedSettings, Settings } from "../../../proxy/src/settings";
import { settingsFrom } from "../support/settings";

const ISSUER = 'identity: { oidc: { issuer: "https://login.example.com", audiences: [litellm] } }';

const settings = (listeners: string, more = ""): Settings =>
  settingsFrom(`upstream: { profile: litellm, version: 1.108.10, url: "http://127.0.0.1:4000" }
gatewayKeys: [{ key: { env: GATEWAY_KEY } }]
listeners: [${listeners}]
policy: { groups: [{ group: engineering }] }
${more}`).settings;

/** What is told where a file has these settings one after the other. */
async function told(atStart: Settings, ...following: Settings[]): Promise<string[]> {
  const texts: string[] = [];
  const loaded = (settings: Settings | undefined) => ({ settings }) as LoadedSettings;
  const reloader = new Reloader("proxy.yaml", loaded(atStart), {
    load: () => ({ loaded: loaded(following.shift()), findings: [] }),
    take: async () => undefined,
    reloaded: () => undefined,
    log: (text) => {
      texts.push(text);
      if (following.length > 0) reloader.request();
    },
  });
  reloader.begin();
  reloader.request();
  while (following.length > 0) await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
  return texts;
}

const API = `{ name: api, port: 8080, ${ISSUER} }`;
const STRICT = `{ name: api, port: 8080, front: strict, ${ISSUER} }`;

describe("settings that need a restart", () => {
  it.each([
    ["operations.address", "operations: { address: 0.0.0.0 }"],
    ["operations.port", "operations: { port: 9999 }"],
    ["workers", "workers: 2"],
    ["limits.connections", "limits: { connections: 5 }"],
    ["limits.headerBytes", "limits: { headerBytes: 5000 }"],
    ["limits.headSeconds", "limits: { headSeconds: 5 }"],
    ["limits.bodySeconds", "limits: { bodySeconds: 5 }"],
    ["limits.keepAliveSeconds", "limits: { keepAliveSeconds: 5 }"],
  ])("%s is named when it differs from the start", (name, more) => {
    expect(leftForRestart(settings(API), settings(API, more))).toEqual([name]);
    expect(leftForRestart(settings(API, more), settings(API, more))).toEqual([]);
  });

  it("are no others", () => {
    const more =
      "limits: { bodyBytes: 5000, uploads: 5, requests: 5, bodyIdleSeconds: 5 }\ndrainSeconds: 1\naudit: { enabled: false }";
    expect(leftForRestart(settings(API), settings(API, more))).toEqual([]);
  });

  it("the front of an open port is refused by name", () => {
    expect(() => refuseWhatIsOpen(settings(API), settings(STRICT))).toThrow("front of listener api needs a restart");
    expect(() => refuseWhatIsOpen(settings(STRICT), settings(STRICT))).not.toThrow();
  });

  it("the name of an open port is refused as well", () => {
    expect(() => refuseWhatIsOpen(settings(API), settings(API.replace("api", "main")))).toThrow(
      "name of listener api needs a restart",
    );
  });

  it("the front of a listener that changes its port is taken", () => {
    expect(() => refuseWhatIsOpen(settings(API), settings(STRICT.replace("8080", "8081")))).not.toThrow();
    expect(() => refuseWhatIsOpen(settings(API.replace("8080", "0")), settings(STRICT.replace("8080", "0")))).not.toThrow();
  });

  it("are told at every reload until the process starts again", async () => {
    const [start, one] = [settings(API), settings(API, "workers: 2")];
    const two = settings(API, "workers: 2\noperations: { port: 9999 }");
    expect(await told(start, one, two, start)).toEqual([
      "new settings in force, but for workers: it needs a restart",
      "new settings in force, but for operations.port, workers: they need a restart",
      "new settings in force",
    ]);
  });

  it("are measured at the ports that are open now", async () => {
    const moved = STRICT.replace("8080", "8081");
    expect(await told(settings(API), settings(moved), settings(moved.replace("strict", "node")))).toEqual([
      "new settings in force",
      "new settings refused, the ones before stay in force: front of listener api needs a restart",
    ]);
  });
});

it("what needs a restart stays as it was for workers that follow, and the rest is taken", () => {
  const atStart = settings(`{ name: api, port: 8080, ${ISSUER} }`);
  const more = `limits: { headerBytes: 5000, bodyBytes: 2048, connections: 5, headSeconds: 1, bodySeconds: 2, keepAliveSeconds: 3 }
operations: { port: 9191 }
workers: 3
drainSeconds: 7`;
  const now = settings(`{ name: other, port: 8081, ${ISSUER} }`, more);
  expect(leftForRestart(atStart, now)).toHaveLength(7);
  const kept = withWhatStays(atStart, now);
  expect(leftForRestart(atStart, kept)).toEqual([]);
  expect(kept).toMatchObject({ drainSeconds: 7, limits: { bodyBytes: 2048 }, listeners: [{ name: "other" }] });
});
