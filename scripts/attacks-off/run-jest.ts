import { join } from "node:path";
import { runCLI } from "jest";
import type { Defence } from "./edit";

/** What the tests of one attack said with a defence off. Neither passed nor failed: its file did not even load. */
export interface Result {
  readonly passed: readonly string[];
  readonly failed: readonly string[];
}

/** Runs the attack of each defence with that defence off, all in one run of Jest. */
export async function runWithout(root: string, defences: readonly Defence[]): Promise<Result[]> {
  const projects = defences.map((defence, index) => project(root, defence, String(index)));
  const config = JSON.stringify({ rootDir: root, maxWorkers: "100%", reporters: [], projects });
  const { results } = await runCLI({ config, silent: true, _: [], $0: "attacks-off" } as never, [root]);
  const byName = new Map(results.testResults.map((file) => [file.displayName?.name, file]));
  return defences.map((_, index) => {
    const file = byName.get(String(index));
    const titles = (status: string): string[] =>
      (file?.testResults ?? []).filter((test) => test.status === status).map(({ fullName }) => fullName);
    return { passed: titles("passed"), failed: titles("failed") };
  });
}

function project(root: string, { vector, edits, front }: Defence, name: string): object {
  const base = require(join(root, "jest.config.js")).projects.find((one: { displayName: string }) => one.displayName === "proxy");
  const [[files, [, swc]]] = Object.entries(base.transform) as [[string, [string, object]]];
  return {
    ...base,
    displayName: name,
    ...(front && { setupFiles: [join(root, "test", "proxy", "support", `${front}-front.ts`)] }),
    roots: [join(root, "test", "attacks"), join(root, "test", "proxy", "support")],
    testMatch: [join(root, "test", "attacks", `${vector}.test.ts`)],
    transform: { [files]: [join(root, "scripts", "attacks-off", "transform.cjs"), { ...swc, edits }] },
  };
}
