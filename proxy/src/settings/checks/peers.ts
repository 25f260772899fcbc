import type { Path } from "../../../../core/source";
import { Peers } from "../../identity/peers";
import { SETTINGS_RULES } from "../rules";
import type { Settings } from "../schema";
import type { Reporter } from "./report";

/** The prefixes of the largest private networks, 10.0.0.0/8 and fc00::/7. A wider range says nothing about who calls. */
const WIDEST = { ipv4: 8, ipv6: 7 };
/** Before an IPv4 address in the form of IPv6, ::ffff:0:0/96. */
const MAPPED = 96;

/** Identity headers are believed from somebody, not from everybody. */
export function checkPeers({ listeners }: Pick<Settings, "listeners">, report: Reporter): void {
  for (const [index, { identity }] of listeners.entries()) {
    for (const source of ["oauth2Proxy", "alb"] as const) {
      const at: Path = ["listeners", index, "identity", source, "peers"];
      for (const [peer, range] of (identity[source]?.peers ?? []).entries()) {
        if (!isAlmostEverybody(range)) continue;
        const seen = {
          message: "this range is almost everybody",
          got: range,
          expected: "at most a private network, such as 10.0.0.0/8",
        };
        report.value(SETTINGS_RULES.peers, [...at, peer], seen);
      }
    }
  }
}

function isAlmostEverybody(range: string): boolean {
  const [address = "", written] = range.split("/");
  if (written === undefined) return false;
  const prefix = Number(written);
  if (!address.includes(":")) return prefix < WIDEST.ipv4;
  return prefix < WIDEST.ipv6 || (prefix < MAPPED + WIDEST.ipv4 && includesIpv4(range));
}

function includesIpv4(range: string): boolean {
  const peers = new Peers([range]);
  return Array.from({ length: 256 }, (_, first) => `${first}.0.0.1`).some((address) => peers.include(address));
}
