import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type IdentityProxy, type LocalEnvironment, OWN_KEY_VARIABLE } from "../../core/config";
import { LocalError, localFolders } from "../../tools/local";
import { Front } from "../../tools/local/front";
import { REAL_KIT } from "../../tools/local/kit";
import { assertPortsFree } from "../../tools/local/ports";
import { until } from "../../tools/local/supervisor/clock";
import type { SecretSource, WantedPart } from "../../tools/local/supervisor/wanted";
import { makeFolders } from "../../tools/local/workplace";
import { letPeopleAsk } from "./people";
import { StubGateway } from "./stub-gateway";

const START_LIMIT = 15_000;

/**
 * Shows the identity proxy of an environment before a stub, where LiteLLM cannot run. Leaves nothing behind.
 * @throws LocalError when a port is taken, or the proxy does not start
 */
export async function showProxyAlone(environment: LocalEnvironment, say: (text: string) => void): Promise<void> {
  const { identityProxy, litellm, name } = environment;
  if (!identityProxy?.development) return;
  const project = realpathSync(mkdtempSync(join(tmpdir(), "cdktf-litellm-quickstart-")));
  const gateway = new StubGateway();
  const running: ChildProcess[] = [];
  try {
    const parts = await partsOf(environment, identityProxy, project);
    await gateway.listen(litellm.port);
    for (const part of parts) running.push(start(part));
    await ready(parts);
    const url = `http://127.0.0.1:${identityProxy.settings.listeners[0]?.port}`;
    say("\n  before a stub that stands where LiteLLM would:");
    await letPeopleAsk({ environment, project, url, attribution: (id) => gateway.attribution(id), say });
  } finally {
    gateway.close();
    await Promise.all(running.map(stop));
    rmSync(join(project, ".local", name), { recursive: true, force: true });
    rmSync(project, { recursive: true, force: true });
  }
}

async function partsOf(
  { name, litellm, database }: LocalEnvironment,
  proxy: IdentityProxy,
  project: string,
): Promise<WantedPart[]> {
  const folders = localFolders(project, name);
  makeFolders(folders);
  // A stub asks for no key, so one is made up, whatever the environment names.
  const settings = { ...proxy.settings, gatewayKeys: [{ key: { env: OWN_KEY_VARIABLE } }], audit: {} };
  const identityProxy = { ...proxy, settings, makesKey: true, secretNames: [] };
  const gateway = {
    name,
    litellmVersion: litellm.version,
    config: "",
    port: litellm.port,
    databasePort: database.port,
    environmentVariables: {},
    secrets: {},
    identityProxy,
  };
  const front = new Front({ gateway, environment: process.env, folders, kit: REAL_KIT, declared: {}, hashKey: name });
  await assertPortsFree([{ port: litellm.port, setting: "litellm.port" }, ...front.ports()], {}, REAL_KIT.clock);
  return front.parts();
}

function start({ process: program, secrets }: WantedPart): ChildProcess {
  const { command, args, cwd, env } = program;
  const values = Object.entries(secrets).map(([name, source]) => [name, secretOf(source)]);
  return spawn(command, args, { cwd, env: { ...env, ...Object.fromEntries(values) }, stdio: "ignore" });
}

function secretOf(source: SecretSource): string {
  return "file" in source ? readFileSync(source.file, "utf8").trim() : "";
}

async function ready(parts: readonly WantedPart[]): Promise<void> {
  for (const { name, probe } of parts) {
    const answers = await until(REAL_KIT.clock, START_LIMIT, async () => (await REAL_KIT.probe(probe)) || undefined);
    if (!answers) throw new LocalError(`${name} does not start`, "run npm run build, then this again");
  }
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
  });
}
