import { chmodSync, existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { packageFile } from "../../package-file";
import { LocalError } from "../local-error";

/**
 * Writes the program that prisma-client-py starts as its engine: it takes a path, not a command line.
 * @param run `.local/<name>/run`, absolute
 * @throws LocalError when this package is not compiled
 */
export function writeWrapper(run: string): string {
  const file = join(run, "query-engine");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.draft`, wrapperText(process.execPath, compiledMain()));
  chmodSync(`${file}.draft`, 0o755);
  renameSync(`${file}.draft`, file);
  return file;
}

/** `exec` keeps the process: the client's signals reach Node, and Node sees the client as its parent. */
export function wrapperText(node: string, main: string): string {
  return `#!/bin/sh\nexec ${quoted(node)} ${quoted(main)} "$@"\n`;
}

/** For sh: within single quotes only a single quote is special. */
function quoted(path: string): string {
  return `'${path.replaceAll("'", `'\\''`)}'`;
}

function compiledMain(): string {
  const main = packageFile("dist", "tools", "local", "query-engine", "main.js");
  if (existsSync(main)) return main;
  throw new LocalError("the query engine is not compiled", "run: npm run build");
}
