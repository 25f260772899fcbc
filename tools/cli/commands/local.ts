import { resolve } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { deploymentDigest, type LocalEnvironment, loadEnvironment } from "../../../core/config";
import { renderConfig } from "../../../core/litellm";
import type { LocalGateway, LocalStatus } from "../../local";
import { environmentName } from "../environment-name";
import { type Finish, type Io, today } from "../io";
import { keysRun } from "../keys-run";
import { keysTarget } from "../keys-target";
import { localTarget } from "../local-target";
import { plainFormat } from "../options";
import { refuse } from "../refuse";
import { UsageError } from "../usage-error";
import { registerToken } from "./local-token";

type PlainFormat = "text" | "json";
const DEFAULT_NAME = "local";

export function registerLocal(program: Command, io: Io, finish: Finish): void {
  const local = program
    .command("local")
    .description("Runs an environment with target: local on this machine; `cdktf deploy` calls it.");
  registerUp(local, io, finish);
  registerDown(local, io, finish);
  registerStatus(local, io, finish);
  registerLogs(local, io, finish);
  registerToken(local, io, finish);
}

function registerUp(local: Command, io: Io, finish: Finish): void {
  local
    .command("up")
    .description("Brings the gateway up, or to what its file says now, and returns when it answers.")
    .argument("[environment.yaml]", "the environment", "environments/local.yaml")
    .addOption(plainFormat())
    .addHelpText("after", "\nExit codes: 0 the gateway is ready, 1 it is not, 2 usage or unreadable file")
    .action(async (file: string, { format }: { format: PlainFormat }) => finish(await bringUp(file, format, io)));
}

function registerDown(local: Command, io: Io, finish: Finish): void {
  local
    .command("down")
    .description("Stops every process of a local gateway; its data stays unless --delete-data is given.")
    .argument("[name]", "name of the environment", DEFAULT_NAME)
    .option("--delete-data", "delete the database and everything else under .local/<name>")
    .option("--purge", "also empty the download cache, which all local gateways share")
    .addOption(plainFormat())
    .addHelpText("after", "\nExit codes: 0 nothing runs any more, 1 something could not be stopped, 2 usage")
    .action(async (name: string, options: { deleteData?: boolean; purge?: boolean; format: PlainFormat }) => {
      const project = io.cwd;
      const { down, lineProgress, purgeCache } = localTarget();
      const progress = lineProgress(io.stderr, io.now);
      await down({ project, name: environmentName(name, io), deleteData: options.deleteData === true, progress });
      if (options.purge) await purgeCache({ project, environment: io.environment, progress });
      io.stdout.write(
        options.format === "json" ? `${JSON.stringify({ name, stopped: true })}\n` : `${name}: nothing is running\n`,
      );
      finish(0);
    });
}

function registerStatus(local: Command, io: Io, finish: Finish): void {
  local
    .command("status")
    .description("Says what is running, where, and since when: looked at now, not remembered.")
    .argument("[name]", "name of the environment", DEFAULT_NAME)
    .addOption(plainFormat())
    .addHelpText("after", "\nExit codes: 0 the gateway answers, 1 it does not, 2 usage")
    .action(async (name: string, { format }: { format: PlainFormat }) => {
      const found = await localTarget().status({ project: io.cwd, name: environmentName(name, io), environment: io.environment });
      show(found, format, io);
      finish(found.ok ? 0 : 1);
    });
}

function registerLogs(local: Command, io: Io, finish: Finish): void {
  local
    .command("logs")
    .description("Prints what a part of a local gateway wrote.")
    .argument("[part]", "litellm, postgres, identity-proxy, issuer or supervisor", "litellm")
    .option("--name <name>", "name of the environment", DEFAULT_NAME)
    .option("-n, --lines <count>", "how many lines from the end", wholeNumber, 100)
    .option("-f, --follow", "go on as lines come, until interrupted")
    .addOption(plainFormat())
    .addHelpText("after", "\nExit codes: 0 printed, 1 there is no such log yet, 2 usage")
    .action(async (part: string, options: LogOptions) => {
      const { lines, format } = options;
      const follow = options.follow ? { follow: untilInterrupted() } : {};
      const place = { project: io.cwd, name: environmentName(options.name, io), environment: io.environment };
      for await (const line of localTarget().logs({ ...place, part, lines, ...follow })) {
        io.stdout.write(format === "json" ? `${JSON.stringify({ part, line })}\n` : `${line}\n`);
      }
      finish(0);
    });
}

interface LogOptions {
  readonly name: string;
  readonly lines: number;
  readonly follow?: boolean;
  readonly format: PlainFormat;
}

/** Ends when the user presses Ctrl-C, so that following a log ends in order. */
function untilInterrupted(): AbortSignal {
  const controller = new AbortController();
  process.once("SIGINT", () => controller.abort());
  return controller.signal;
}

async function bringUp(file: string, format: PlainFormat, io: Io): Promise<number> {
  const loaded = loadEnvironment(file, today(io));
  if (!loaded.environment) return refuse(loaded, io);
  const { environment } = loaded;
  if (environment.target !== "local") {
    throw new UsageError(`${file} has target: ${environment.target}`, `deploy it: npx cdktf deploy ${environment.name}-data`);
  }
  const gateway = gatewayOf(environment, io);
  refuseUnplanned(environment, file, io);
  const { up, lineProgress } = localTarget();
  const generation = io.environment.CDKTF_LITELLM_GENERATION;
  const ready = await up({
    gateway,
    project: io.cwd,
    environment: io.environment,
    progress: lineProgress(io.stderr, io.now),
    ...(generation && { generation }),
  });
  show(ready, format, io);
  return ready.ok ? await applyKeysOf(environment, file, io) : 1;
}

/** The gateway answers: its keys can be made. What was done is said on stderr, because stdout has the gateway's status. */
async function applyKeysOf(environment: LocalEnvironment, file: string, io: Io): Promise<number> {
  const run = keysRun(environment, file, io);
  if (!run) return 0;
  const { apply, appliedText } = keysTarget();
  const { plan, executed } = await apply(run.options);
  if (plan.actions.length > 0 || plan.notes.length > 0) io.stderr.write(appliedText(plan, executed, run.head));
  return executed.failed.length > 0 || plan.notes.some(({ problem }) => problem) ? 1 : 0;
}

function gatewayOf(environment: LocalEnvironment, io: Io): LocalGateway {
  const { name, litellm, database, secrets, identityProxy } = environment;
  const places = Object.entries(secrets).map(([secret, place]) => [
    secret,
    "file" in place ? { file: resolve(io.cwd, place.file) } : place,
  ]);
  return {
    name,
    litellmVersion: litellm.version,
    config: renderConfig(litellm.config),
    port: litellm.port,
    databasePort: database.port,
    environmentVariables: litellm.environment,
    secrets: Object.fromEntries(places),
    masterKeyVariable: masterKeyVariable(litellm.config),
    ...(identityProxy && { identityProxy }),
  };
}

/** The variable that LiteLLM's configuration takes its master key from. */
function masterKeyVariable(config: LocalEnvironment["litellm"]["config"]): string {
  const { general_settings: settings } = config;
  const key = typeof settings === "object" && settings !== null && "master_key" in settings ? settings.master_key : undefined;
  return /^os\.environ\/(.+)$/.exec(String(key))?.[1] ?? "LITELLM_MASTER_KEY";
}

/** What Terraform applies is what its plan showed: a file that changed in between is refused. */
function refuseUnplanned(environment: LocalEnvironment, file: string, io: Io): void {
  const planned = io.environment.CDKTF_LITELLM_PLANNED;
  if (!planned || planned === deploymentDigest(environment)) return;
  throw new (localTarget().LocalError)(`${file} changed after the plan was made`, "make a new plan: cdktf deploy");
}

function show(found: LocalStatus, format: PlainFormat, io: Io): void {
  io.stdout.write(format === "json" ? `${JSON.stringify(found, null, 2)}\n` : localTarget().statusText(found));
}

function wholeNumber(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("expected a whole number");
}
