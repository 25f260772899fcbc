import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { down } from "../../../tools/local/down";
import { SILENT } from "../../../tools/local/progress";
import { localTarget } from "./local-target";
import { allMarked, commandLines } from "./marked";
import { eventually } from "./supervisor/fake-part";

jest.setTimeout(30_000);

const target = localTarget();
const { project, folders, kit } = target;

describe("down", () => {
  it("leaves no process and no announcement, and is fine twice", async () => {
    await target.up();
    await target.down(false);
    await target.down(false);
    expect(allMarked(folders.root)).toEqual([]);
    expect(readdirSync(folders.run).sort()).toEqual(["command.lock", "generation", "litellm", "status.json", "supervisor.lock"]);
    expect(await target.look()).toMatchObject({ ok: false, supervisor: { state: "stopped" }, parts: [] });
  });

  it("also stops what a killed supervisor left running", async () => {
    const { supervisor: killed } = await target.up();
    process.kill(killed.pid ?? 0, "SIGKILL");
    await target.down(false);
    expect(allMarked(folders.root)).toEqual([]);
  });

  it("also stops what runs when its folder was deleted", async () => {
    await target.up();
    rmSync(folders.run, { recursive: true });
    await eventually(() => allMarked(folders.root).length === 0, "the supervisor stops everything");
    await eventually(() => !commandLines().includes(folders.root), "and ends");
  });

  it("deletes everything but Terraform's state", async () => {
    await target.up();
    writeFileSync(join(folders.root, "terraform.tfstate"), "{}");
    writeFileSync(join(folders.root, "terraform.tfstate.backup"), "{}");
    await target.down(true);
    expect(readdirSync(folders.root).sort()).toEqual(["terraform.tfstate", "terraform.tfstate.backup"]);
    rmSync(folders.root, { recursive: true });
  });

  it("does nothing where nothing is, and refuses a name that leads elsewhere", async () => {
    await down({ project, name: "other", deleteData: true, progress: SILENT }, kit);
    expect(readdirSync(join(project, ".local"))).not.toContain("other");
    const elsewhere = { project, name: "../../etc", deleteData: true, progress: SILENT };
    await expect(down(elsewhere, kit)).rejects.toMatchObject({ message: '"../../etc" is no name of an environment' });
  });
});
