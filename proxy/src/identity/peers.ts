import { BlockList, isIPv6 } from "node:net";

/** The addresses from which identity headers are believed. */
export class Peers {
  private readonly list = new BlockList();

  /** @param ranges addresses or CIDR ranges, already checked */
  constructor(ranges: readonly string[]) {
    for (const range of ranges) {
      const [address = "", prefix] = range.split("/");
      const family = isIPv6(address) ? "ipv6" : "ipv4";
      if (prefix === undefined) this.list.addAddress(address, family);
      else this.list.addSubnet(address, Number(prefix), family);
    }
  }

  /** Whether `address`, as a socket gives it, is one of them. IPv4 on an IPv6 socket counts as IPv4. */
  include(address: string | undefined): boolean {
    if (address === undefined) return false;
    const plain = address.startsWith("::ffff:") && address.includes(".") ? address.slice(7) : address;
    return this.list.check(plain, isIPv6(plain) ? "ipv6" : "ipv4");
  }
}
