import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { nearestName } from "../../core/findings";
import type { Io } from "./io";
import { UsageError } from "./usage-error";

/** A name, or for convenience the path of an environment file, which is named after it. */
export function environmentName(text: string, io: Io): string {
  const name = /\.ya?ml$/.test(text) ? basename(text).replace(/\.ya?ml$/, "") : text;
  if (!/^[a-z][a-z0-9-]{0,30}$/.test(name)) {
    throw new UsageError(`${JSON.stringify(text)} is not a name of an environment`, "name it as in its file, for example: local");
  }
  const known = knownNames(io.cwd);
  if (known.includes(name)) return name;
  const near = nearestName(name, known);
  throw new UsageError(
    `there is no environment ${JSON.stringify(name)}`,
    near ? `did you mean ${near}?` : `there are: ${known.join(", ") || "none"}`,
  );
}

/** Environments that have a file here, and those that still have something under .local although their file is gone. */
function knownNames(project: string): string[] {
  const files = namesIn(join(project, "environments")).flatMap((file) => /^([a-z].*)\.ya?ml$/.exec(file)?.[1] ?? []);
  return [...new Set([...files, ...namesIn(join(project, ".local"))])].sort();
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => !name.startsWith("."));
  } catch {
    return [];
  }
}
