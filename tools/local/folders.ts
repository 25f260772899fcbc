import { homedir } from "node:os";
import { join } from "node:path";

/** Where an environment of the local target keeps what it needs: `.local/<name>` of the project. */
export interface LocalFolders {
  /** `.local/<name>`, absolute. */
  readonly root: string;
  /** Generated secrets, one file each, mode 0600 in a folder of mode 0700. */
  readonly secrets: string;
  /** Logs of the parts, one file each. */
  readonly logs: string;
  /** What the supervisor and the commands tell each other: status, heartbeat, generation, wanted state. */
  readonly run: string;
  /** The database's files; a symbolic link where PostgreSQL may not enter the project's folder. */
  readonly postgres: string;
}

/** The folders of environment `name` of the project in `project` (absolute). */
export function localFolders(project: string, name: string): LocalFolders {
  const root = join(project, ".local", name);
  return {
    root,
    secrets: join(root, "secrets"),
    logs: join(root, "logs"),
    run: join(root, "run"),
    postgres: join(root, "postgres"),
  };
}

/**
 * The folder that downloads are kept in, by version, so that a second run is quick and environments share them.
 * `CDKTF_LITELLM_CACHE` names another one.
 */
export function cacheFolder(environment: NodeJS.ProcessEnv): string {
  if (environment.CDKTF_LITELLM_CACHE) return environment.CDKTF_LITELLM_CACHE;
  if (process.platform === "darwin") return join(homedir(), "Library", "Caches", "cdktf-litellm");
  return join(environment.XDG_CACHE_HOME || join(homedir(), ".cache"), "cdktf-litellm");
}
