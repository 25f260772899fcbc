import { join } from "node:path";
import type { ProcessSpec } from "../process-spec";
import type { Cluster } from "./cluster";

/**
 * The server as a process for the supervisor: in the foreground, on 127.0.0.1 alone, without a socket file, its log on
 * stderr. It ends quickly on SIGINT; on SIGTERM it waits until all clients are gone.
 * @param port TCP port
 */
export function serverProcess({ installation, data, runAs }: Cluster, port: number): ProcessSpec {
  const settings = {
    port: String(port),
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    logging_collector: "off",
    log_destination: "stderr",
    // LiteLLM's columns have no time zone, and Prisma takes them for UTC.
    timezone: "UTC",
    log_timezone: "UTC",
  };
  const args = ["-D", data, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
  const command = join(installation.bin, "postgres");
  // Without a locale, the server does not start on macOS.
  return { command, args, cwd: data, env: { LC_ALL: "C" }, ...(runAs === undefined ? {} : { runAs }) };
}
