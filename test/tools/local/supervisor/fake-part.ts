import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type LocalFolders, localFolders } from "../../../../tools/local/folders";
import type { WantedPart } from "../../../../tools/local/supervisor/wanted";
import { makeFolders } from "../../../../tools/local/workplace";

/** A project folder for one test file, with the folders of the environment `local`. */
export function temporaryProject(): { project: string; folders: LocalFolders; remove(): void } {
  const project = realpathSync(mkdtempSync(join(tmpdir(), "cdktf-litellm-")));
  const folders = localFolders(project, "local");
  makeFolders(folders);
  return { project, folders, remove: () => rmSync(project, { recursive: true, force: true }) };
}

/** A part that runs a shell script; it is ready when the test says so. */
export function shellPart(folders: LocalFolders, name: string, script: string, other: Partial<WantedPart> = {}): WantedPart {
  const file = join(folders.run, `${name}.sh`);
  writeFileSync(file, script);
  return {
    name,
    process: { command: "/bin/sh", args: [file], cwd: folders.run, env: { PATH: "/usr/bin:/bin" } },
    secrets: {},
    hash: script,
    port: 1,
    probe: { kind: "litellm", port: 1, database: false },
    after: [],
    stopSignal: "SIGTERM",
    ...other,
  };
}

/** Looks again and again until `condition` holds; fails after 10 s. */
export async function eventually(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const end = Date.now() + 10_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`not within 10 s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
