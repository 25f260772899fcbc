import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** How a program is run to its end. */
export interface ProgramOptions {
  /** The whole environment of the program. */
  readonly environment: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Runs as this user, without the caller's other groups. */
  readonly runAs?: { readonly uid: number; readonly gid: number };
  /** Text for the program's standard input. */
  readonly input?: string;
  /** Called with each line that the program writes, as it comes. */
  readonly onLine?: (line: string) => void;
}

/** How a program ended. */
export interface ProgramResult {
  /** Exit code 0. */
  readonly ok: boolean;
  readonly stdout: string;
  /** The last lines of both streams, passwords in URLs taken out: for the details of an error. */
  readonly tail: readonly string[];
}

const TAIL_LINES = 15;

/** Runs a program to its end. Never throws: a program that cannot be started is a result that is not ok. */
export function runProgram(command: string, args: readonly string[], options: ProgramOptions): Promise<ProgramResult> {
  const { environment: env, cwd, runAs, input, onLine } = options;
  return new Promise((resolve) => {
    const child = spawn(command, args, { env, cwd, uid: runAs?.uid, gid: runAs?.gid, stdio: "pipe" });
    const out: string[] = [];
    const tail: string[] = [];
    const keep = (line: string): void => {
      tail.push(withoutPasswords(line));
      if (tail.length > TAIL_LINES) tail.shift();
      onLine?.(line);
    };
    createInterface({ input: child.stdout }).on("line", (line) => {
      out.push(line);
      keep(line);
    });
    createInterface({ input: child.stderr }).on("line", keep);
    child.on("error", (error) => resolve({ ok: false, stdout: "", tail: [error.message] }));
    child.on("close", (code) => resolve({ ok: code === 0, stdout: out.join("\n"), tail }));
    // A program may end without reading its input; its exit code tells enough.
    child.stdin.on("error", () => {});
    child.stdin.end(input ?? "");
  });
}

/** Package registries are often configured with the password in the URL. */
function withoutPasswords(line: string): string {
  return line.replace(/\/\/[^/\s@]+@/g, "//***@");
}
