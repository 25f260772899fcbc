import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { markCache, purgeCache } from "../../../tools/local/cache";
import { SILENT } from "../../../tools/local/progress";
import { ownIdentity } from "../../../tools/local/supervisor/process-identity";
import { announceSupervisor, removeSupervisorFiles } from "../../../tools/local/supervisor/supervisor-files";
import { temporaryProject } from "./supervisor/fake-part";

const { project, folders, remove } = temporaryProject();
afterAll(remove);

const cache = join(project, "cache");
const options = { project, environment: { CDKTF_LITELLM_CACHE: cache }, progress: SILENT };
const kit = { probe: async () => false };

describe("purgeCache", () => {
  it("deletes a cache of ours, and is fine when there is none", async () => {
    writeFileSync(join(markCache(cache), "download"), "");
    await purgeCache(options, kit);
    expect(existsSync(cache)).toBe(false);
    await purgeCache(options, kit);
  });

  it("does not delete a folder with somebody's files", async () => {
    mkdirSync(cache);
    writeFileSync(join(cache, "thesis.txt"), "");
    markCache(cache);
    await expect(purgeCache(options, kit)).rejects.toMatchObject({
      message: `${cache} was not made by this tool, so it is not deleted`,
    });
    expect(existsSync(join(cache, "thesis.txt"))).toBe(true);
  });

  it("does not delete what a running environment needs", async () => {
    announceSupervisor(folders.run, { ...ownIdentity(), program: "", handed: {}, startedAt: Date.now() });
    await expect(purgeCache(options, kit)).rejects.toMatchObject({ message: `local still runs from ${cache}` });
    removeSupervisorFiles(folders.run);
  });
});
