import { basename, dirname } from "node:path";
import { localFolders } from "../folders";
import { tryClaim } from "./claim";
import { probePart } from "./probe";
import { ownIdentity } from "./process-identity";
import { Supervision } from "./supervise";
import { announceSupervisor, type SupervisorRecord, supervisorClaim } from "./supervisor-files";
import { SUPERVISOR_SELF } from "./wanted";

/** The supervisor's program: `node main.js <.local/name>`. It stays until SIGTERM, or until SIGUSR2 hands its parts over. */
async function main(root: string): Promise<number> {
  const folders = localFolders(dirname(dirname(root)), basename(root));
  const log = (line: string): void => console.error(`${new Date().toISOString()} ${line}`);
  const claim = tryClaim(supervisorClaim(folders.run));
  if ("holder" in claim) {
    log(`process ${claim.holder.pid} supervises ${root} already`);
    return 1;
  }
  const world = { now: Date.now, probe: probePart, log, environment: process.env };
  const supervision = new Supervision(folders, world, claim.isHeld);
  process.on("SIGTERM", () => supervision.end("stop"));
  process.on("SIGINT", () => supervision.end("stop"));
  process.on("SIGUSR2", () => supervision.end("standDown"));
  process.on("SIGHUP", () => supervision.wake());
  const self = JSON.parse(process.env[SUPERVISOR_SELF] ?? "{}") as Pick<SupervisorRecord, "program" | "handed">;
  announceSupervisor(folders.run, { ...ownIdentity(), ...self, startedAt: Date.now() });
  log(`supervisor started as process ${process.pid}`);
  await supervision.run();
  claim.release();
  log("supervisor ended");
  return 0;
}

main(process.argv[2] ?? "").then(
  (code) => process.exit(code),
  (error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
