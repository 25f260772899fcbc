import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { connect } from "node:tls";

/** A Redis of this machine that takes TLS only, with one user, as ElastiCache has it. */
export interface RedisServer {
  readonly port: number;
  /** The certificate that clients must trust. */
  readonly certificate: string;
  stop(): Promise<void>;
}

/**
 * Starts Redis with a user that may do what `access` says and signs in with any password: nobody but ElastiCache can verify
 * an IAM token.
 *
 * @param access what ElastiCache calls an access string
 */
export async function startRedis(folder: string, user: string, access: string): Promise<RedisServer> {
  const [certificate, key] = [join(folder, "redis.crt"), join(folder, "redis.key")];
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  const files = ["-keyout", key, "-out", certificate];
  execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", ...subject, ...files], {
    stdio: "ignore",
  });
  const port = await freePort();
  const configuration = join(folder, "redis.conf");
  const tls = `tls-port ${port}\ntls-cert-file ${certificate}\ntls-key-file ${key}\ntls-auth-clients no\n`;
  writeFileSync(configuration, `port 0\nbind 127.0.0.1\nsave ""\n${tls}user default off\nuser ${user} nopass ${access}\n`);
  const child = spawn("redis-server", [configuration], { cwd: folder, stdio: "ignore" });
  await answering(port, child);
  return { port, certificate, stop: () => stop(child, folder) };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

async function answering(port: number, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    if (await connects(port)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`redis-server ended with ${child.exitCode}`);
}

function connects(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    // Whether it answers at all; LiteLLM's client is the one that verifies.
    const socket = connect({ port, host: "127.0.0.1", rejectUnauthorized: false });
    const end = (answers: boolean) => {
      socket.destroy();
      resolve(answers);
    };
    socket.once("secureConnect", () => end(true)).once("error", () => end(false));
  });
}

async function stop(child: ChildProcess, folder: string): Promise<void> {
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill();
  await ended;
  rmSync(join(folder, "redis.key"), { force: true });
}
