import { parseArgs } from "node:util";

/** What the command was asked to do. */
export type Asked =
  | { readonly action: "serve"; readonly config: string }
  | { readonly action: "check"; readonly config: string; readonly format: "text" | "json" }
  | { readonly action: "hash-key" | "help" | "version" };

/** The command was called in a way that means nothing. Exit code 2. */
export class UsageError extends Error {}

/** The text of `--help`. */
export const HELP = `litellm-identity-proxy --config FILE            serve until SIGTERM
litellm-identity-proxy --config FILE --check    check the settings and exit
litellm-identity-proxy --hash-key               read a service key from standard input, print its hash

  --config FILE    the settings, one YAML file
  --check          check only: nothing listens and nothing is fetched
  --format FORMAT  of --check: text (default) or json
  --version        print the version
  --help           print this text

SIGHUP, or a change of the file, takes new settings as a whole or not at all. SIGTERM ends in peace.
Exit codes: 0 done, 1 errors in the settings or a port that cannot be opened, 2 usage or unreadable file.
`;

/** Reads the arguments behind the program's name. @throws UsageError */
export function readArguments(args: readonly string[]): Asked {
  const { config, check, format, ...flags } = parsed(args);
  if (flags.help) return { action: "help" };
  if (flags.version) return { action: "version" };
  if (flags["hash-key"]) return { action: "hash-key" };
  if (config === undefined) throw new UsageError("--config FILE is missing");
  if (!check && format !== undefined) throw new UsageError("--format goes with --check");
  if (format !== undefined && format !== "text" && format !== "json") throw new UsageError("--format is text or json");
  return check ? { action: "check", config, format: format ?? "text" } : { action: "serve", config };
}

/** Longer ones are refused when a client sends them. */
const LONGEST_KEY = 16_384;

/** The service key that standard input holds, one line end behind it taken off. @throws UsageError when no client could send it */
export function readServiceKey(input: string): string {
  const key = input.replace(/\r?\n$/, "");
  const problem = problemOf(key);
  if (problem === undefined) return key;
  throw new UsageError(`the service key on standard input ${problem}; expected one line of printable ASCII without spaces`);
}

function problemOf(key: string): string | undefined {
  if (key === "") return "is empty";
  if (key.length > LONGEST_KEY) return `is longer than ${LONGEST_KEY.toLocaleString("en-US")} characters`;
  if (/[^\0-\x7f]/.test(key)) return "holds a character outside ASCII";
  if (/\s/.test(key)) return "holds white space";
  return /[^\x21-\x7e]/.test(key) ? "holds a control character" : undefined;
}

const NO_OPTION =
  "an argument stands there that is no option: settings are named by --config FILE, a service key is read from standard input";

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      strict: true,
      options: {
        config: { type: "string" },
        check: { type: "boolean" },
        format: { type: "string" },
        "hash-key": { type: "boolean" },
        help: { type: "boolean" },
        version: { type: "boolean" },
      },
    }).values;
  } catch (error) {
    // An argument may be a key, which the parser would show.
    if ((error as NodeJS.ErrnoException).code === "ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL") throw new UsageError(NO_OPTION);
    // The parser's own sentence, without its advice on escaping.
    throw new UsageError((error as Error).message.split(".")[0]?.replace(/^U/, "u") ?? "unknown option");
  }
}
