import { existsSync, readFileSync, realpathSync } from "node:fs";
import { packageFile } from "../../package-file";
import { LocalError } from "../local-error";

/** The supervisor's compiled program. */
export interface SupervisorProgram {
  /** Absolute. */
  readonly path: string;
  /** Of this package. */
  readonly version: string;
}

/** Finds the supervisor's program. @throws LocalError when it was not built */
export function supervisorProgram(): SupervisorProgram {
  const path = packageFile("dist", "tools", "local", "supervisor", "main.js");
  if (!existsSync(path)) throw new LocalError("the supervisor of the local target is not built", "run npm run build");
  const { version } = JSON.parse(readFileSync(packageFile("package.json"), "utf8")) as { version: string };
  return { path: realpathSync(path), version };
}
