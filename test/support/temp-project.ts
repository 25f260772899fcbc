import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A folder that exists for one test file; `write` puts files into it. */
export interface TempProject {
  readonly folder: string;
  write(file: string, content: string | Buffer): string;
}

/** Makes a temporary folder and removes it after the tests of the file. */
export function tempProject(): TempProject {
  const folder = mkdtempSync(join(tmpdir(), "cdktf-litellm-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return {
    folder,
    write(file, content) {
      const path = join(folder, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
      return path;
    },
  };
}
