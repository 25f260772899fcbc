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
    // The parser's own sentence, without its advice on escaping.
    throw new UsageError((error as Error).message.split(".")[0]?.replace(/^U/, "u") ?? "unknown option");
  }
}
