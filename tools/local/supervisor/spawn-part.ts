import { type ChildProcess, spawn } from "node:child_process";
import { closeSync } from "node:fs";
import { openLog } from "./log-file";
import { MARK } from "./process-group";
import { secretValue } from "./secret-source";
import type { WantedPart } from "./wanted";

/**
 * Starts a part in a session of its own, so that it outlives the supervisor and can be ended as a group.
 * @param root the environment's folder, the part's mark
 * @param log path of its log
 * @param environment of the supervisor, for secrets that were handed to it
 */
export function spawnPart(part: WantedPart, root: string, log: string, environment: NodeJS.ProcessEnv): ChildProcess {
  const { command, args, cwd, env, runAs } = part.process;
  const secrets = Object.entries(part.secrets).map(([name, source]) => [name, secretValue(source, environment)] as const);
  const user = runAs && process.getuid?.() === 0 ? runAs : {};
  const output = openLog(log);
  try {
    const child = spawn(command, args, {
      ...user,
      cwd,
      env: { ...env, ...Object.fromEntries(secrets), [MARK]: root },
      detached: true,
      stdio: ["ignore", output, output],
    });
    child.unref();
    return child;
  } finally {
    closeSync(output);
  }
}
