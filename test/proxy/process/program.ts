import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { get } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { GATEWAY_KEY } from "../support/settings";

const ROOT = join(__dirname, "../../..");

/** Makes one file of the sources, as the package does; returns its path. */
export function bundle(): string {
  const outfile = join(mkdtempSync(join(tmpdir(), "identity-proxy-program-")), "main.js");
  const options = ["--bundle", "--platform=node", "--target=node20.19", "--log-level=warning", `--outfile=${outfile}`];
  execFileSync(join(ROOT, "node_modules/.bin/esbuild"), [join(ROOT, "proxy/src/main.ts"), ...options]);
  return outfile;
}

/** The program in a process of its own. */
export class Program {
  /** What it has written to standard error. */
  said = "";
  readonly process: ChildProcess;
  private readonly exit: Promise<number | null>;

  constructor(main: string, config: string) {
    this.process = spawn(process.execPath, [main, "--config", config], {
      cwd: dirname(main),
      env: { GATEWAY_KEY, PATH: process.env.PATH },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.exit = once(this.process, "close").then(([code]) => code as number | null);
    this.process.stderr?.on("data", (bytes: Buffer) => {
      this.said += bytes.toString();
    });
  }

  /** Waits for the program to write something new to standard error that fits. */
  async says(pattern: RegExp, after = 0): Promise<void> {
    while (!pattern.test(this.said.slice(after))) {
      const ended = await Promise.race([once(this.process.stderr ?? this.process, "data").then(() => false), this.ended()]);
      if (ended !== false) throw new Error(`the program ended and has not said ${pattern}: ${this.said}`);
    }
  }

  /** Does something and waits for what the program says to it. */
  async answers(deed: () => unknown, pattern: RegExp): Promise<void> {
    const after = this.said.length;
    deed();
    await this.says(pattern, after);
  }

  /** Resolves with the exit code when the process has ended and everybody who wrote to its outputs is gone. */
  ended(): Promise<number | null> {
    return this.exit;
  }

  /** The processes that it has started and that run. */
  workers(): number[] {
    const rows = execFileSync("ps", ["-A", "-o", "pid=,ppid=,state="], { encoding: "utf8" }).trim().split("\n");
    const children = rows.map((row) => row.trim().split(/\s+/)).filter(([, parent]) => Number(parent) === this.process.pid);
    return children.filter(([, , state]) => !state?.startsWith("Z")).map(([pid]) => Number(pid));
  }

  /** Ends what a failed test has left. */
  kill(): void {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    for (const pid of [...this.workers(), this.process.pid ?? 0]) process.kill(pid, "SIGKILL");
  }
}

/** Asks a port of this machine; status 0 where nobody answers. */
export function fetched(
  port: number,
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: string }> {
  return new Promise((resolve) => {
    const outgoing = get({ host: "127.0.0.1", port, path, headers, agent: false, timeout: 5000 }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text: string) => {
        body += text;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
    });
    outgoing.on("timeout", () => outgoing.destroy());
    outgoing.on("error", () => resolve({ status: 0, body: "" }));
  });
}

/** Asks until the status is `wanted`; returns the body. */
export async function until(port: number, path: string, wanted: number): Promise<string> {
  for (;;) {
    const { status, body } = await fetched(port, path);
    if (status === wanted) return body;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Ports that nobody listens on now. */
export async function freePorts(): Promise<[number, number]> {
  const servers = [createServer(), createServer()];
  for (const server of servers) await once(server.listen(0, "127.0.0.1"), "listening");
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  for (const server of servers) server.close();
  return [ports[0] ?? 0, ports[1] ?? 0];
}
