import { isIPv6, SocketAddress } from "node:net";
import { SETTINGS_RULES } from "../rules";
import type { Settings } from "../schema";
import type { Reporter } from "./report";

/** Who has a port on which address. */
interface Taken {
  readonly by: string;
  readonly address: string;
  readonly port: number;
}

/** No port is opened twice on addresses of which one is, or includes, the other. */
export function checkPorts({ listeners, operations }: Pick<Settings, "listeners" | "operations">, report: Reporter): void {
  const taken: Taken[] = [{ by: "operations", address: canonical(operations.address), port: operations.port }];
  for (const [index, { name, address: written, port }] of listeners.entries()) {
    const address = canonical(written);
    // Port 0 is another one each time.
    const other = taken.find((each) => port !== 0 && each.port === port && overlap(each.address, address));
    if (other) {
      const message = `${other.by} has this ${other.address === address ? "address and port" : `port on ${other.address}`} already`;
      const got = other.address === address ? String(port) : `${port} on ${address}`;
      report.value(SETTINGS_RULES.clash, ["listeners", index, "port"], { message, got, repair: "choose another port" });
    }
    taken.push({ by: `listener ${name}`, address, port });
  }
}

/** `::` takes IPv4 connections too; `0.0.0.0` takes no others. */
function overlap(one: string, other: string): boolean {
  if (one === other || one === "::" || other === "::") return true;
  return !isIPv6(one) && !isIPv6(other) && (one === "0.0.0.0" || other === "0.0.0.0");
}

/** An address in its one spelling; an IPv4 address in the form of IPv6 as what it is. */
function canonical(address: string): string {
  if (!isIPv6(address)) return address;
  return new SocketAddress({ address, family: "ipv6" }).address.replace(/^::ffff:(?=\d+\.)/, "");
}
