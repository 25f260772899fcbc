import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageFile } from "../../../tools/package-file";
import { eventually } from "../../support/real-litellm-wait";
import { freePort } from "../../tools/local/fake-kit";

/** Pass-through routes that are tried. */
const PASS_THROUGH = ["/anthropic/v1/messages", "/openai/v1/chat/completions"];

/** Who reads HTTP. */
export const FRONTS = ["node", "strict"] as const;
export type Front = (typeof FRONTS)[number];

/** The identity proxy as it is shipped: one file, one settings file, one variable. */
export class BuiltProxy {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    /** Where it listens, by the front that reads HTTP there. */
    readonly ports: Readonly<Record<Front, number>>,
  ) {}

  /** Builds and starts it before `gateway`. @param policy in YAML's flow style */
  static async start(gateway: string, key: string, issuer: string, policy: string): Promise<BuiltProxy> {
    const built = spawnSync(process.execPath, [packageFile("proxy", "build.mjs")], { encoding: "utf8" });
    if (built.status !== 0) throw new Error(built.stderr);
    const folder = mkdtempSync(join(tmpdir(), "identity-proxy-"));
    const ports = { node: await freePort(), strict: await freePort() };
    const operations = await freePort();
    const identity = `{ oidc: { issuer: "${issuer}", audiences: [litellm], algorithms: [ES256] } }`;
    const listener = (front: Front): string =>
      `{ name: ${front}, address: 127.0.0.1, port: ${ports[front]}, front: ${front}, identity: ${identity} }`;
    const settings = join(folder, "proxy.yaml");
    writeFileSync(
      settings,
      `upstream: { profile: litellm, version: 1.108.10, url: "${gateway}", passThrough: [${PASS_THROUGH.join(", ")}] }
gatewayKeys: [{ key: { env: GATEWAY_KEY } }]
listeners: [${FRONTS.map(listener).join(", ")}]
policy: ${policy}
operations: { port: ${operations} }
`,
    );
    const args = [packageFile("proxy", "dist", "main.js"), "--config", settings];
    const child = spawn(process.execPath, args, { env: { GATEWAY_KEY: key }, stdio: ["ignore", "ignore", "inherit"] });
    const proxy = new BuiltProxy(child, folder, ports);
    await eventually("the identity proxy is ready", 20, async () => {
      if (child.exitCode !== null) throw new Error(`the identity proxy ended with code ${child.exitCode}`);
      const answer = await fetch(`http://127.0.0.1:${operations}/readyz`).catch(() => undefined);
      return answer?.ok || undefined;
    });
    return proxy;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null) {
      this.child.kill("SIGTERM");
      await once(this.child, "exit");
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
