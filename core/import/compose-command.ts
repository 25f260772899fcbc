/** What a command line of LiteLLM's asks for. */
export interface CommandFlags {
  /** The configuration file, as a path in the container. */
  readonly config?: string;
  readonly port?: number;
  /** Other flags, by name alone: their values may be anything. */
  readonly others: readonly string[];
}

const CONFIG = new Set(["--config", "-c"]);
const PORT = new Set(["--port"]);

/** Reads the command of a container: a list of words, or one text. */
export function readCommand(command: unknown): CommandFlags {
  const words = Array.isArray(command) ? command.map(String) : wordsOf(String(command ?? ""));
  const flags = words.flatMap((word, index) => {
    const [flag = "", inline] = word.split(/=(.*)/s, 2);
    return flag.startsWith("-") ? [{ flag, value: inline ?? words[index + 1] }] : [];
  });
  const config = flags.find(({ flag }) => CONFIG.has(flag))?.value;
  const port = flags.find(({ flag, value }) => PORT.has(flag) && /^\d+$/.test(value ?? ""))?.value;
  const others = flags.map(({ flag }) => flag).filter((flag) => !CONFIG.has(flag) && !PORT.has(flag));
  return { ...(config !== undefined && { config }), ...(port !== undefined && { port: Number(port) }), others };
}

/** The words of a command line, quotes taken off. */
function wordsOf(text: string): string[] {
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, bare]) => double ?? single ?? bare ?? "");
}
