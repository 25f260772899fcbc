import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { ProcessSpec } from "../../tools/local/process-spec";

/** Something to start as a proxy: arguments, folder and environment as the local target would start `litellm` with. */
export interface ProxyStart extends ProcessSpec {
  /** File that gets both streams. */
  readonly log: string;
}

/** A proxy process. */
export interface ProxyProcess {
  /** Its exit code once it has ended; below zero for a signal. */
  readonly ended: () => number | undefined;
  /** Asks it to end, and kills it when it does not. */
  stop(): Promise<void>;
}

/** The program that imports LiteLLM once and forks a proxy for each start. */
export interface Forks {
  start(proxy: ProxyStart): Promise<ProxyProcess>;
  close(): Promise<void>;
}

type Message = { readonly ready: true } | { readonly started: number } | { readonly ended: number; readonly code: number };

/** Milliseconds that a proxy gets to end in order before it is killed. */
const GRACE = 10_000;

/**
 * Starts `real-litellm-forks.py`.
 * @param python the interpreter of LiteLLM's installation
 * @param environment what LiteLLM is imported with; no secrets
 */
export async function startForks(python: string, environment: Readonly<Record<string, string>>): Promise<Forks> {
  const program = spawn(python, [join(__dirname, "real-litellm-forks.py")], {
    env: environment,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const exited = once(program, "exit");
  const codes = new Map<number, number>();
  const messages = createInterface({ input: program.stdout })[Symbol.asyncIterator]();
  const waiting: ((pid: number) => void)[] = [];
  const next = async (): Promise<Message | undefined> => {
    const { value, done } = await messages.next();
    return done ? undefined : (JSON.parse(value) as Message);
  };
  if ((await next()) === undefined) throw new Error("LiteLLM could not be imported: see above");
  const listening = (async (): Promise<undefined> => {
    for (let message = await next(); message; message = await next()) {
      if ("started" in message) waiting.shift()?.(message.started);
      if ("ended" in message) codes.set(message.ended, message.code);
    }
  })();
  return {
    start: async ({ args, env, cwd, log }) => {
      const started = new Promise<number>((resolve) => waiting.push(resolve));
      program.stdin.write(`${JSON.stringify({ args, environment: env, folder: cwd, log })}\n`);
      const pid = await Promise.race([started, listening]);
      if (pid === undefined) throw new Error("the program that starts proxies has ended: see above");
      const ended = (): number | undefined => codes.get(pid);
      return { ended, stop: () => stop(pid, ended) };
    },
    close: async () => {
      program.stdin.end();
      await exited;
    },
  };
}

/** Starts the command itself. */
export function spawnCommand({ command, args, env, cwd, log }: ProxyStart): ProxyProcess {
  const file = openSync(log, "a", 0o600);
  const child = spawn(command, args, { env, cwd, detached: true, stdio: ["ignore", file, file] });
  closeSync(file);
  let code: number | undefined;
  child.on("error", () => {
    code = -1;
  });
  child.on("exit", (exit) => {
    code = exit ?? -1;
  });
  const ended = (): number | undefined => code;
  return { ended, stop: async () => (child.pid === undefined ? undefined : await stop(child.pid, ended)) };
}

/** Each proxy leads a group of its own, which its database client belongs to. */
async function stop(pid: number, ended: () => number | undefined): Promise<void> {
  const deadline = Date.now() + GRACE;
  if (ended() === undefined) signal(pid, "SIGTERM");
  while (ended() === undefined) {
    if (Date.now() > deadline) signal(-pid, "SIGKILL");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  signal(-pid, "SIGKILL");
}

/** @param pid below zero: the whole group */
function signal(pid: number, name: "SIGTERM" | "SIGKILL"): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has just ended.
  }
}
