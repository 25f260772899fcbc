import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { transformSync } from "@swc/core";
import { buildSync } from "esbuild";
import { type Kit, REAL_KIT } from "../../../tools/local/kit";

const ROOT = join(__dirname, "..", "..", "..");

/** Compiles the supervisor into a folder of its own, as a build would: tests start it as a process. */
export function compileSupervisor(): { readonly path: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), "cdktf-litellm-dist-"));
  const files = [...sources(join(ROOT, "tools", "local")), join(ROOT, "tools", "package-file.ts")];
  for (const file of files) compile(file, join(folder, relative(ROOT, file)));
  cpSync(join(ROOT, "package.json"), join(folder, "package.json"));
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  return {
    path: join(folder, "tools", "local", "supervisor", "main.js"),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name));
}

function compile(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  const options = { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } } as const;
  writeFileSync(to.replace(/\.ts$/, ".js"), transformSync(readFileSync(from, "utf8"), options).code);
}

/**
 * Stands in for LiteLLM: answers readiness, what is in its environment, and elsewhere with the request's headers; starts a child as LiteLLM starts its query
 * engine, and ends with a message when its configuration says `exit: <code>`.
 */
const FAKE_LITELLM = `#!/usr/bin/env node
const { createServer } = require("node:http");
const { readFileSync } = require("node:fs");
const { spawn } = require("node:child_process");
const option = (name) => process.argv[process.argv.indexOf(name) + 1];
const config = readFileSync(option("--config"), "utf8");
const code = /^exit: (\\d+)$/m.exec(config)?.[1];
console.log("starting with " + process.env.LITELLM_MASTER_KEY + " and " + process.env.PROVIDER_KEY);
if (code) process.exit(Number(code));
spawn("sleep", ["1000"], { stdio: "ignore" });
const answers = { "/health/readiness": { status: "healthy", db: "Not connected" }, "/environment": process.env, "/config": config };
const answer = (request) => answers[request.url] ?? { headers: request.headers };
createServer((request, response) => response.end(JSON.stringify(answer(request)))).listen(Number(option("--port")), option("--host"));
`;

/** The identity proxy as its own build makes it. */
function bundleProxy(folder: string): { path: string; digest: string } {
  const outfile = join(folder, "identity-proxy.js");
  const entryPoints = [join(ROOT, "proxy", "src", "main.ts")];
  if (!existsSync(outfile)) buildSync({ entryPoints, outfile, bundle: true, platform: "node", target: "node20" });
  return { path: outfile, digest: "of a test" };
}

/** A kit whose LiteLLM is a small server in Node, and that has no PostgreSQL. */
export function fakeKit(folder: string, supervisor: string): Kit {
  const command = join(folder, "fake-litellm");
  writeFileSync(command, FAKE_LITELLM);
  chmodSync(command, 0o755);
  return {
    ...REAL_KIT,
    installLitellm: async ({ version }) => ({ version, python: process.execPath, command, sitePackages: folder, folder }),
    findPostgres: async () => ({ problem: "no PostgreSQL on this machine", repair: "install postgresql" }),
    removeCluster: async (cluster) => {
      rmSync(cluster, { recursive: true, force: true });
      return undefined;
    },
    supervisorProgram: () => ({ path: supervisor, version: "0.0.0" }),
    issuerProgram: () => ({ path: join(dirname(supervisor), "..", "issuer", "main.js"), digest: "of a test" }),
    proxyProgram: () => bundleProxy(folder),
  };
}

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port"))));
    });
  });
}
