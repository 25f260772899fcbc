import { type ChildProcess, spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../../tools/local/fake-kit";
import type { Availability } from "../support/real-part";

const ASSETS = process.env.KUBEBUILDER_ASSETS ?? "/usr/local/kubebuilder/bin";
const ADMIN = "admin-token";

/** Whether etcd and kube-apiserver are where controller-runtime's envtest would look for them. */
export function apiServerParts(): Availability {
  const there = ["etcd", "kube-apiserver"].every((program) => existsSync(join(ASSETS, program)));
  return there ? { available: true } : { reason: "no etcd and kube-apiserver; name their folder in KUBEBUILDER_ASSETS" };
}

/** A real Kubernetes API with RBAC, on loopback, for the tests of one file. */
export interface ApiServer {
  /** A kubeconfig for a user that has no rights but those that it is given, or for the administrator. */
  kubeconfig(user: string): string;
  /** Asks as the administrator. */
  ask(method: string, path: string, body?: object): Promise<{ readonly status: number; readonly json: Record<string, unknown> }>;
  stop(): Promise<void>;
}

/** Starts it. @param users names that it knows besides `admin` */
export async function startApiServer(users: readonly string[]): Promise<ApiServer> {
  const folder = mkdtempSync(join(tmpdir(), "cdktf-litellm-kubernetes-"));
  const [port, etcdPort, peerPort] = [await freePort(), await freePort(), await freePort()];
  const file = (name: string, content: string): string => {
    writeFileSync(join(folder, name), content, { mode: 0o600 });
    return join(folder, name);
  };
  const started: ChildProcess[] = [];
  const start = (program: string, flags: Readonly<Record<string, string>>): void => {
    const args = Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
    started.push(spawn(join(ASSETS, program), args, { cwd: folder, stdio: "ignore" }));
  };
  const tokens = [`${ADMIN},admin,admin,system:masters`, ...users.map((user) => `${user}-token,${user},${user}`)];
  const etcd = `http://127.0.0.1:${etcdPort}`;
  start("etcd", {
    ...{ "data-dir": join(folder, "etcd"), "unsafe-no-fsync": "true" },
    ...{ "listen-client-urls": etcd, "advertise-client-urls": etcd },
    ...{ "listen-peer-urls": `http://127.0.0.1:${peerPort}`, "initial-advertise-peer-urls": `http://127.0.0.1:${peerPort}` },
    "initial-cluster": `default=http://127.0.0.1:${peerPort}`,
  });
  const key = file("service-accounts.key", privateKey());
  start("kube-apiserver", {
    ...{
      "etcd-servers": etcd,
      "cert-dir": join(folder, "certs"),
      "token-auth-file": file("tokens.csv", `${tokens.join("\n")}\n`),
    },
    ...{ "bind-address": "127.0.0.1", "advertise-address": "127.0.0.1", "secure-port": String(port) },
    ...{ "service-account-issuer": "https://kubernetes.default.svc", "service-account-key-file": key },
    ...{ "service-account-signing-key-file": key, "service-cluster-ip-range": "10.96.0.0/16" },
    ...{ "authorization-mode": "RBAC", "endpoint-reconciler-type": "none" },
  });
  const server: ApiServer = {
    kubeconfig: (user) => file(`${user}.kubeconfig`, JSON.stringify(configFor(port, `${user}-token`))),
    ask: (method, path, body) => ask(port, method, path, body),
    stop: async () => {
      await Promise.all(started.map(ended));
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await ready(server);
  return server;
}

function privateKey(): string {
  return generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs1", format: "pem" }).toString();
}

function configFor(port: number, token: string): object {
  return {
    apiVersion: "v1",
    kind: "Config",
    "current-context": "test",
    clusters: [{ name: "test", cluster: { server: `https://127.0.0.1:${port}`, "insecure-skip-tls-verify": true } }],
    users: [{ name: "test", user: { token } }],
    contexts: [{ name: "test", context: { cluster: "test", user: "test" } }],
  };
}

async function ready(server: ApiServer): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const answer = await server.ask("GET", "/api/v1/namespaces/default").catch(() => undefined);
    if (answer?.status === 200) return;
    await sleep(200);
  }
  throw new Error("kube-apiserver did not become ready within a minute");
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGKILL");
    if (child.exitCode !== null) resolve();
  });
}

function ask(port: number, method: string, path: string, body: object | undefined): ReturnType<ApiServer["ask"]> {
  const headers = { authorization: `Bearer ${ADMIN}`, "content-type": "application/json" };
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path, method, headers, rejectUnauthorized: false }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part) => (text += part));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, json: text.startsWith("{") ? JSON.parse(text) : {} }));
    });
    sent.on("error", reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
