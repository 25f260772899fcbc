import { existsSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder, type LocalFolders } from "./folders";
import { logFile } from "./supervisor/log-file";
import { isRunning } from "./supervisor/process-identity";
import { type PartRecord, readRecords } from "./supervisor/records";
import { readGeneration, runningSupervisor } from "./supervisor/supervisor-files";
import { type MissingPart, type Probe, readWanted, type WantedPart } from "./supervisor/wanted";
import { environmentFolders } from "./workplace";

/**
 * `running`: answers. `starting`: runs, or is about to, and has not answered yet. `restarting`: ended or is being replaced.
 * `unready`: runs and has answered, but does not now. `lost`: does not run, and no supervisor will start it.
 */
export type PartState = "running" | "starting" | "restarting" | "unready" | "lost";

/** A part of the gateway, as it is at this moment. */
export interface PartStatus {
  readonly name: string;
  readonly state: PartState;
  readonly pid?: number;
  readonly port: number;
  /** When its process was started, RFC 3339. */
  readonly since?: string;
  /** Starts after ends that nobody asked for. */
  readonly restarts: number;
  /** How it last ended without being asked, such as "exit code 1", and when. */
  readonly lastExit?: { readonly reason: string; readonly at: string };
  readonly log: string;
}

/** An environment of the local target, as it is at this moment. Holds no secret. */
export interface LocalStatus {
  readonly name: string;
  /** Everything that is wanted answers and is looked after. */
  readonly ok: boolean;
  /** `stopped`: nothing is to run. `dead`: something is to run, and nobody looks after it. */
  readonly supervisor: {
    readonly state: "running" | "dead" | "stopped";
    readonly pid?: number;
    /** RFC 3339. */
    readonly since?: string;
    readonly log: string;
  };
  readonly parts: readonly PartStatus[];
  /** What the environment would have, were it on this machine. */
  readonly missing: readonly MissingPart[];
  readonly litellmVersion?: string;
  /** Where LiteLLM answers. */
  readonly url?: string;
  /** Where clients reach the identity proxy; absent where the environment has none. */
  readonly proxyUrl?: string;
  /** What `up` was last told about itself. */
  readonly generation?: string;
  /** Everything of this environment, absolute. */
  readonly folder: string;
  readonly config: string;
  /** Holds LiteLLM's master key; absent when the environment declares one. */
  readonly masterKeyFile?: string;
  /** Downloads that all environments share. */
  readonly cache: string;
}

/** Which environment, and what its parts are asked with. */
export interface StatusOptions {
  /** Folder of the project, absolute. */
  readonly project: string;
  readonly name: string;
  readonly environment: NodeJS.ProcessEnv;
}

/**
 * Asks processes and ports, not what somebody wrote down about them.
 * @throws LocalError when the name is no name of an environment
 */
export async function observeStatus(options: StatusOptions, probe: (probe: Probe) => Promise<boolean>): Promise<LocalStatus> {
  const folders = environmentFolders(options.project, options.name);
  const wanted = readWanted(folders.run);
  const records = readRecords(folders.run);
  const supervisor = runningSupervisor(folders.run);
  const parts = await Promise.all(
    (wanted?.parts ?? []).map((part) => partStatus(part, records[part.name], supervisor !== undefined, folders, probe)),
  );
  const litellm = parts.find(({ name }) => name === "litellm");
  const proxy = parts.find(({ name }) => name === "identity-proxy");
  const masterKeyFile = join(folders.secrets, "LITELLM_MASTER_KEY");
  return {
    name: options.name,
    ok: supervisor !== undefined && isComplete(parts),
    supervisor: {
      state: supervisor ? "running" : parts.length > 0 ? "dead" : "stopped",
      ...(supervisor && { pid: supervisor.pid, since: timestamp(supervisor.startedAt) }),
      log: logFile(folders.logs, "supervisor"),
    },
    parts,
    missing: wanted?.missing ?? [],
    ...(wanted && { litellmVersion: wanted.litellmVersion }),
    ...(litellm && { url: `http://127.0.0.1:${litellm.port}` }),
    ...(proxy && { proxyUrl: `http://127.0.0.1:${proxy.port}` }),
    ...optional("generation", readGeneration(folders.run)),
    folder: folders.root,
    config: join(folders.root, "config.yaml"),
    ...optional("masterKeyFile", existsSync(masterKeyFile) ? masterKeyFile : undefined),
    cache: cacheFolder(options.environment),
  };
}

/** Whether LiteLLM and all that it needs answer. While `up` prepares the database, LiteLLM is not even wanted yet. */
export function isComplete(parts: readonly PartStatus[]): boolean {
  return parts.some(({ name }) => name === "litellm") && parts.every(({ state }) => state === "running");
}

async function partStatus(
  part: WantedPart,
  record: PartRecord | undefined,
  supervised: boolean,
  folders: LocalFolders,
  probe: (probe: Probe) => Promise<boolean>,
): Promise<PartStatus> {
  const identity = record?.identity && isRunning(record.identity) ? record.identity : undefined;
  const answers = identity !== undefined && (await probe(part.probe));
  return {
    name: part.name,
    state: partState(part, record, { alive: identity !== undefined, answers, supervised }),
    ...(identity && record && { pid: identity.pid, since: timestamp(record.startedAt) }),
    port: record && identity ? record.port : part.port,
    restarts: record?.restarts ?? 0,
    ...(record?.lastExit && { lastExit: { reason: record.lastExit.reason, at: timestamp(record.lastExit.at) } }),
    log: logFile(folders.logs, part.name),
  };
}

/** What was seen of a part. */
export interface Seen {
  readonly alive: boolean;
  readonly answers: boolean;
  /** A supervisor runs. */
  readonly supervised: boolean;
}

/** The state of a wanted part, from what is remembered and what was seen. */
export function partState(part: WantedPart, record: PartRecord | undefined, seen: Seen): PartState {
  if (!seen.alive && !seen.supervised) return "lost";
  const failed = record !== undefined && (record.failures > 0 || record.endedAt !== undefined);
  if (!seen.alive) return failed || record?.identity ? "restarting" : "starting";
  if (record?.hash !== part.hash || record.stoppingSince !== undefined) return "restarting";
  if (seen.answers) return "running";
  if (record.wasReady) return "unready";
  return record.failures > 0 ? "restarting" : "starting";
}

function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

function optional<Name extends string>(name: Name, value: string | undefined): { [key in Name]?: string } {
  return value === undefined ? {} : ({ [name]: value } as { [key in Name]: string });
}
