import { closeSync, existsSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import { LocalError } from "./local-error";
import { type KnownSecrets, redact } from "./redact";
import { keptSecrets } from "./secrets";
import { type Clock, REAL_CLOCK } from "./supervisor/clock";
import { lastLines, logFile } from "./supervisor/log-file";
import { readSecretFile } from "./supervisor/secret-source";
import { readWanted } from "./supervisor/wanted";
import { environmentFolders } from "./workplace";

/** Which log, and how much of it. */
export interface LogsOptions {
  /** Folder of the project, absolute. */
  readonly project: string;
  readonly name: string;
  /** `litellm`, `postgres`, `identity-proxy`, `issuer` or `supervisor`. */
  readonly part: string;
  /** How many of the last lines come first. */
  readonly lines: number;
  /** Goes on with new lines until it is aborted. @default ends after the last lines */
  readonly follow?: AbortSignal;
  /** Of the caller; secrets among its variables are kept out. */
  readonly environment: NodeJS.ProcessEnv;
}

const LOOK_EVERY = 300;

/**
 * The lines of a part's log, without secrets.
 * @throws LocalError when the part has no log; names those that have
 */
export async function* logs(options: LogsOptions, clock: Clock = REAL_CLOCK): AsyncGenerator<string> {
  const folders = environmentFolders(options.project, options.name);
  const path = logFile(folders.logs, options.part);
  // A name with dots and slashes would lead to other files.
  if (!/^[a-z]+(-[a-z]+)*$/.test(options.part) || !existsSync(path)) throw noLog(folders.logs, options);
  const secrets = { ...declared(folders.run, options.environment), ...keptSecrets(folders.secrets) };
  let offset = statSync(path).size;
  for (const line of lastLines(path, options.lines)) yield redact(line, secrets);
  let rest = "";
  const decoder = new StringDecoder("utf8");
  while (options.follow && !options.follow.aborted) {
    await clock.sleep(LOOK_EVERY);
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    // Shorter than before: it was rotated.
    if (size < offset) offset = 0;
    const text = rest + decoder.write(readPiece(path, offset, size));
    offset = size;
    const lines = text.split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield redact(line, secrets);
  }
}

function noLog(folder: string, { name, part }: LogsOptions): LocalError {
  const known = existsSync(folder) ? readdirSync(folder).flatMap((file) => /^(.+)\.log$/.exec(file)?.[1] ?? []) : [];
  const repair = known.length > 0 ? `logs there are: ${known.sort().join(", ")}` : "run local up first";
  return new LocalError(`${name} has no log of "${part}"`, repair);
}

function readPiece(path: string, from: number, to: number): Buffer {
  if (to <= from) return Buffer.alloc(0);
  const file = openSync(path, "r");
  try {
    const piece = Buffer.alloc(to - from);
    return piece.subarray(0, readSync(file, piece, 0, piece.length, from));
  } finally {
    closeSync(file);
  }
}

/** Values of the declared secrets, as far as this caller can know them. */
function declared(run: string, environment: NodeJS.ProcessEnv): KnownSecrets {
  const sources = (readWanted(run)?.parts ?? []).flatMap(({ secrets }) => Object.entries(secrets));
  return Object.fromEntries(
    sources.map(([name, source]) => [name, ("file" in source ? readQuietly(source.file) : environment[source.from]) ?? ""]),
  );
}

function readQuietly(path: string): string | undefined {
  try {
    return readSecretFile(path);
  } catch {
    return undefined;
  }
}
