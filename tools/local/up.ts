import { randomUUID } from "node:crypto";
import { type Kit, REAL_KIT } from "./kit";
import { LocalError } from "./local-error";
import { RollOut, type UpOptions } from "./roll-out";
import { type LocalStatus, observeStatus } from "./status";
import { readGeneration, writeGeneration } from "./supervisor/supervisor-files";
import { environmentFolders, withClaim } from "./workplace";

/**
 * Makes the environment run as its file says, and returns when LiteLLM answers. What runs as wanted already is not touched.
 * @throws LocalError when something on this machine keeps it from running
 */
export async function up(options: UpOptions, kit: Kit = REAL_KIT): Promise<LocalStatus> {
  if (process.platform === "win32") throw new LocalError("the local target does not run on Windows", "use WSL, Linux or macOS");
  const { gateway, project, environment, progress, generation } = options;
  const folders = environmentFolders(project, gateway.name);
  return await withClaim(folders, kit.clock, progress, async () => {
    await new RollOut(options, folders, kit).run();
    writeGeneration(folders.run, generation ?? readGeneration(folders.run) ?? randomUUID());
    return await observeStatus({ project, name: gateway.name, environment }, kit.probe);
  });
}
