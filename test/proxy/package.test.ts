import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { TOOL } from "../../proxy/src/process/tool";
import { entrypointOf } from "./support/entrypoint";
import { Gateway } from "./support/gateway";
import { Issuer } from "./support/issuer";
import { GATEWAY_KEY } from "./support/settings";

const ROOT = join(__dirname, "../..");
/** What `npm ci` installs for the package; copied here, because tests work without a network. */
const INSTALLED = ["esbuild", "@esbuild", "jose", "yaml", "zod"];

/** The arguments of Node for what the image starts, where the image is a folder. */
const started = (image: string): string[] =>
  entrypointOf(join(ROOT, "proxy/Dockerfile"))
    .slice(1)
    .map((word) => (word.startsWith("/") ? join(image, word) : word));

/** As somebody without rights, where the tests run as root. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** Carries out the Dockerfile in an empty folder; returns what the image would hold, and nothing else. */
function build(): string {
  const folder = mkdtempSync(join(tmpdir(), "identity-proxy-image-"));
  chmodSync(folder, 0o755);
  const [source, image] = [join(folder, "src"), join(folder, "image")];
  for (const each of [source, image]) mkdirSync(each, { mode: 0o777 });
  for (const line of readFileSync(join(ROOT, "proxy/Dockerfile"), "utf8").split("\n")) step(line, source, image);
  // Nothing of the build is there when the image runs.
  renameSync(source, join(folder, "gone"));
  return image;
}

function step(line: string, source: string, image: string): void {
  const [word, ...rest] = line.split(/\s+/);
  if (word === "COPY" && rest[0]?.startsWith("--from=build")) {
    const [, from = "", to = ""] = rest;
    const target = join(image, to);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(join(source, from.replace("/src/", "")), target);
  } else if (word === "COPY") copy(rest.slice(0, -1), rest.at(-1) ?? "", source);
  else if (word === "RUN" && rest.join(" ").startsWith("npm ci --workspace litellm-identity-proxy ")) {
    for (const name of INSTALLED)
      cpSync(join(ROOT, "node_modules", name), join(source, "node_modules", name), { recursive: true });
  } else if (word === "RUN") {
    open(source);
    const result = spawnSync(rest[0] ?? "", rest.slice(1), {
      cwd: source,
      encoding: "utf8",
      env: { PATH: process.env.PATH },
      ...NOBODY,
    });
    if (result.status !== 0) throw new Error(`${line}: ${result.stderr}`);
  }
}

function copy(names: readonly string[], to: string, source: string): void {
  for (const name of names) {
    const target = to.endsWith("/") ? join(source, to, name.split("/").at(-1) ?? "") : join(source, to);
    cpSync(join(ROOT, name), target, { recursive: true, filter: (file) => !/[/]dist([/]|$)/.test(file.slice(ROOT.length)) });
  }
}

/** Lets anybody write, as a build in a container may. */
function open(folder: string): void {
  chmodSync(folder, 0o777);
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (name !== "node_modules" && statSync(path).isDirectory()) open(path);
  }
}

describe("the package", () => {
  let image: string;
  let issuer: Issuer;
  let gateway: Gateway;
  let running: ChildProcess | undefined;
  beforeAll(async () => {
    image = build();
    issuer = await Issuer.start();
    gateway = await Gateway.start();
  });
  afterAll(async () => {
    await issuer.stop();
    await gateway.stop();
    rmSync(dirname(image), { recursive: true });
  });

  /** Ports are asked for in the settings; these are free for a moment, which is enough here. */
  const settings = (name: string, ports: readonly [number, number], more = ""): string => {
    const file = join(image, `${name}.yaml`);
    writeFileSync(
      file,
      `upstream: { profile: litellm, version: 1.108.10, url: "${gateway.url}" }
gatewayKeys: [{ key: { env: GATEWAY_KEY } }]
listeners: [{ name: api, address: 127.0.0.1, port: ${ports[0]}, identity: { oidc: { issuer: "${issuer.url}", audiences: [litellm] } } }]
policy: { groups: [{ group: engineering }] }
operations: { port: ${ports[1]} }
drainSeconds: 1
${more}`,
    );
    return file;
  };
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [...started(image), ...args], {
      cwd: image,
      encoding: "utf8",
      env: { GATEWAY_KEY },
      ...NOBODY,
    });

  it("holds one file, and says its name and version as package.json does", () => {
    expect(readdirSync(join(image, "app"))).toEqual(["main.js"]);
    const { name, version } = JSON.parse(readFileSync(join(ROOT, "proxy/package.json"), "utf8"));
    expect(TOOL).toEqual({ name, version });
    expect(run("--version").stdout).toBe(`${version}\n`);
  });

  it("holds the licences of what it is made with, and a program that V8 keeps in one byte a character", () => {
    const program = readFileSync(join(image, "app/main.js"), "utf8");
    for (const holder of ["Filip Skokan", "Eemeli Aro", "Colin McDonnell"]) expect(program).toContain(holder);
    expect([...program].filter((character) => character > "\xff")).toEqual([]);
  });

  it("is compiled by the settings of the repository: in strict mode", () => {
    expect(readFileSync(join(image, "app/main.js"), "utf8").split("\n")[1]).toMatch(/^"use strict";/);
  });

  it("checks settings and exits 0, 1 or 2", () => {
    const good = settings("good", [8080, 9090]);
    expect(run("--config", good, "--check")).toMatchObject({ status: 0, stdout: "no problems in 1 file\n" });
    const bad = run("--config", settings("bad", [8080, 9090], "wrokers: 2\n"), "--check", "--format", "json");
    expect(bad.status).toBe(1);
    expect(JSON.parse(bad.stdout).findings).toMatchObject([{ rule: "proxy-unknown-setting", repair: "did you mean workers?" }]);
    expect(run("--config", "none.yaml", "--check").status).toBe(2);
    expect(run("--confg", good)).toMatchObject({ status: 2, stderr: expect.stringContaining("unknown option '--confg'") });
    expect(run()).toMatchObject({ status: 2, stderr: expect.stringContaining("--config FILE is missing") });
  });

  it("refuses to start with bad settings", () => {
    const { status, stderr } = run("--config", settings("bad", [8080, 9090], "wrokers: 2\n"));
    expect([status, stderr]).toEqual([1, expect.stringContaining("did you mean workers?")]);
  });

  it("prints the hash of a service key that it reads from standard input", () => {
    const { stdout } = spawnSync(process.execPath, [...started(image), "--hash-key"], {
      input: "abc\n",
      encoding: "utf8",
    });
    expect(stdout).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n");
  });

  it("prints no hash of what is no service key, and does not show it", () => {
    const options = { input: "words of-a-key\n", encoding: "utf8" } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, [...started(image), "--hash-key"], options);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("holds white space");
    expect(stderr).not.toContain("of-a-key");
  });

  it.each([
    ["one process", ""],
    ["two processes", "workers: 2\n"],
  ])("serves in %s, takes new settings on SIGHUP, keeps the old for bad ones, and ends in peace", async (_what, more) => {
    const ports = [await freePort(), await freePort()] as const;
    const file = settings("serving", ports, more);
    let output = "";
    const process_ = spawn(process.execPath, [...started(image), "--config", file], {
      cwd: image,
      env: { GATEWAY_KEY },
      ...NOBODY,
    });
    running = process_;
    process_.stderr.on("data", (bytes: Buffer) => {
      output += bytes.toString();
    });
    process_.stdout.resume();
    const said = async (pattern: RegExp): Promise<void> => {
      while (!pattern.test(output)) await new Promise((resolve) => process_.stderr.once("data", resolve));
    };
    while ((await fetchStatus(ports[1], "/readyz")).status !== 200) await new Promise((resolve) => setImmediate(resolve));
    const call = async (): Promise<number> => {
      const token = await issuer.token(Date.now());
      return (await fetchStatus(ports[0], "/v1/models", { authorization: `Bearer ${token}` })).status;
    };
    expect(await call()).toBe(200);
    settings("serving", ports, `${more}wrokers: 2\n`);
    process_.kill("SIGHUP");
    await said(/refused, the ones before stay in force/);
    expect(await call()).toBe(200);
    writeFileSync(file, readFileSync(settings("serving", ports, more), "utf8").replace("group: engineering", "group: other"));
    process_.kill("SIGHUP");
    await said(/new settings in force/);
    expect(await call()).toBe(403);
    expect((await fetchStatus(ports[1], "/metrics")).body).toMatch(
      /identity_proxy_requests_total\{listener="api",class="models",decision="forwarded",reason="ok",status="2xx"\} 2\n/,
    );
    expect((await fetchStatus(ports[1], "/healthz")).status).toBe(200);
    const ended = new Promise((resolve) => process_.once("exit", resolve));
    process_.kill("SIGTERM");
    expect(await ended).toBe(0);
    expect(output).not.toContain(GATEWAY_KEY);
    running = undefined;
  });

  afterEach(() => void running?.kill("SIGKILL"));
});

function fetchStatus(
  port: number,
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: string }> {
  return new Promise((resolve) => {
    const outgoing = get({ host: "127.0.0.1", port, path, headers, agent: false }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text: string) => {
        body += text;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
    });
    outgoing.on("error", () => resolve({ status: 0, body: "" }));
  });
}

async function freePort(): Promise<number> {
  const issuer = await Issuer.start();
  const port = Number(new URL(issuer.url).port);
  await issuer.stop();
  return port;
}
