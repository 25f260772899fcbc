import type { Oauth2ProxySettings } from "../settings/identity-schema";
import { headerLines, utf8Value } from "./header-lines";
import { type Identified, type IdentitySource, identityOf, type RequestHead, refuse } from "./identity";
import { Peers } from "./peers";

const FAMILIES = { forwarded: "x-forwarded-", "auth-request": "x-auth-request-" } as const;

/**
 * Headers that oauth2-proxy sets. Only one family is read: oauth2-proxy 7.15.4 lets the other one pass as the client sent it.
 * All expected headers must be there, because `Connection: X-Forwarded-Groups` makes it delete its own, and a caller without
 * groups must not be more than one with them.
 */
export class Oauth2ProxySource implements IdentitySource {
  private readonly peers: Peers;
  private readonly userHeader: string;
  private readonly groupsHeader: string;

  constructor(
    settings: Oauth2ProxySettings,
    private readonly prefix: string,
  ) {
    const family = FAMILIES[settings.headers];
    this.peers = new Peers(settings.peers);
    this.userHeader = `${family}${settings.user}`;
    this.groupsHeader = `${family}groups`;
  }

  identify(request: RequestHead): Identified {
    if (!this.peers.include(request.socket.remoteAddress)) {
      return refuse("peer_not_trusted", "identity headers are not accepted from this address", 403);
    }
    const user = oneLine(request, this.userHeader);
    const groups = oneLine(request, this.groupsHeader);
    if (user === undefined || groups === undefined) {
      return refuse("identity_headers_incomplete", `${this.userHeader} and ${this.groupsHeader} must be there, once each`);
    }
    return identityOf(user, groups.split(","), this.prefix);
  }

  async start(): Promise<void> {}

  problem(): undefined {}

  stop(): void {}

  figures(): Readonly<Record<string, number>> {
    return {};
  }
}

function oneLine(request: RequestHead, name: string): string | undefined {
  const [value, second] = headerLines(request, name);
  return value === undefined || value === "" || second !== undefined ? undefined : utf8Value(value);
}
