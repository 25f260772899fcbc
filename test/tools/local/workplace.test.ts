import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { localFolders } from "../../../tools/local/folders";
import { SILENT } from "../../../tools/local/progress";
import { diskProblem, environmentFolders, hasData, makeFolders, withClaim } from "../../../tools/local/workplace";
import { temporaryProject } from "./supervisor/fake-part";

const { project, folders, remove } = temporaryProject();
afterAll(remove);

const clock = { now: () => 0, sleep: async () => {} };

describe("workplace", () => {
  it.each(["", ".", "..", "a/b", "../x", "-x", "a b"])("refuses %j as a name", (name) => {
    expect(() => environmentFolders(project, name)).toThrow("is no name of an environment");
  });

  it("keeps states and secrets from other users and from Git", () => {
    expect([folders.secrets, folders.run, folders.logs].map((folder) => statSync(folder).mode & 0o777)).toEqual([
      0o700, 0o700, 0o700,
    ]);
    // PostgreSQL's own user has to pass through this one.
    expect(statSync(folders.root).mode & 0o077).toBe(process.getuid?.() === 0 ? 0o011 : 0);
    expect(statSync(dirname(folders.root)).mode & 0o066).toBe(0);
    expect(readFileSync(join(project, ".local", ".gitignore"), "utf8")).toBe("*\n");
    expect(hasData(folders)).toBe(false);
  });

  it("keeps Terraform's states from other users", () => {
    const state = join(folders.root, "gateway.tfstate");
    writeFileSync(state, "{}", { mode: 0o644 });
    makeFolders(folders);
    expect(statSync(state).mode & 0o777).toBe(0o600);
  });

  it("knows an environment by the real path of its project", () => {
    const link = join(project, "link");
    symlinkSync(project, link);
    expect(environmentFolders(link, "local")).toEqual(folders);
  });

  it.each(["root", "secrets", "logs", "run"] as const)("refuses a symbolic link as its %s folder", (which) => {
    const other = localFolders(project, `linked-${which}`);
    mkdirSync(dirname(other[which]), { recursive: true });
    symlinkSync(project, other[which]);
    expect(() => environmentFolders(project, `linked-${which}`)).toThrow(
      expect.objectContaining({ name: "LocalError", message: `${other[which]} is a symbolic link` }),
    );
  });

  it("refuses a file where its folders belong", () => {
    const file = join(project, "crowded");
    mkdirSync(file);
    writeFileSync(join(file, ".local"), "");
    const refusal = expect.objectContaining({ name: "LocalError", message: `${join(file, ".local")} is no folder` });
    expect(() => environmentFolders(file, "local")).toThrow(refusal);
  });

  it("lets one command after the other work", async () => {
    const order: string[] = [];
    const work = (name: string) => async (): Promise<void> => {
      order.push(`${name} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      order.push(`${name} ends`);
    };
    const later = { now: () => 0, sleep: () => new Promise<void>((resolve) => setImmediate(resolve)) };
    await Promise.all([withClaim(folders, later, SILENT, work("a")), withClaim(folders, later, SILENT, work("b"))]);
    expect(order).toEqual(["a begins", "a ends", "b begins", "b ends"]);
  });

  it.each([
    ["ENOSPC", "the disk is full"],
    ["EACCES", "this user may not write here"],
    ["EROFS", "the file system is read-only"],
  ])("says what %s means", async (code, problem) => {
    const thrown = Object.assign(new Error("write"), { code, path: "/p/file" });
    const work = async (): Promise<void> => {
      throw thrown;
    };
    await expect(withClaim(folders, clock, SILENT, work)).rejects.toMatchObject({
      message: `cannot work in /p/file: ${problem}`,
    });
  });

  it("leaves other errors as they are", () => {
    expect(diskProblem(new Error("other"), "/p")).toBeUndefined();
  });
});
