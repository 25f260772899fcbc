import { readFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";

/**
 * Whether a request comes from a program and not from a page in somebody's browser: no page may say which site it is from,
 * and none can reach us under another name (DNS rebinding). LiteLLM's client sends neither header wrong.
 */
export function isFromProgram({ headers }: IncomingMessage): boolean {
  const ownName = /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(headers.host ?? "");
  return ownName && headers.origin === undefined && headers["sec-fetch-site"] === undefined;
}

/** What the system knows of TCP connections over IPv4, with the user of each; Linux. */
const CONNECTIONS = "/proc/net/tcp";
const USER_FIELD = 7;

/**
 * Whether the other end of a connection is a program of `user`. Prisma's interface has no password, and every user of a
 * machine reaches its loopback addresses. Where the system does not say, the answer is yes.
 *
 * @param user the user id that may connect
 * @param table what the system says of its connections; for tests
 */
export function isOfUser(socket: Socket, user: number, table: string | undefined = readTable()): boolean {
  if (table === undefined || socket.remotePort === undefined || socket.localPort === undefined) return true;
  const [theirs, ours] = [endpoint(socket.remotePort), endpoint(socket.localPort)];
  const rows = table.split("\n").map((line) => line.trim().split(/\s+/));
  const row = rows.find(([, local, remote]) => local?.endsWith(theirs) && remote?.endsWith(ours));
  return row !== undefined && Number(row[USER_FIELD]) === user;
}

function readTable(): string | undefined {
  try {
    return readFileSync(CONNECTIONS, "utf8");
  } catch {
    return undefined;
  }
}

/** The end of an address in that table: `0100007F:1F90` is 127.0.0.1:8080. */
function endpoint(port: number): string {
  return `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
}
