import { type DetailedPeerCertificate, type PeerCertificate, TLSSocket } from "node:tls";
import type { MtlsSettings } from "../settings/identity-schema";
import { type Identified, type IdentitySource, identityOf, type RequestHead, refuse } from "./identity";

/** The subject of a client certificate, which the TLS layer has verified against the listener's authority. */
export class MtlsSource implements IdentitySource {
  private readonly bySocket = new WeakMap<TLSSocket, Identified>();

  constructor(
    private readonly settings: MtlsSettings,
    private readonly prefix: string,
  ) {}

  identify(request: RequestHead): Identified {
    const { socket } = request;
    if (!(socket instanceof TLSSocket) || !socket.authorized)
      return refuse("certificate_missing", "a client certificate is needed");
    const known = this.bySocket.get(socket);
    if (known) return known;
    const identified = this.judge(socket.getPeerCertificate());
    this.bySocket.set(socket, identified);
    return identified;
  }

  async start(): Promise<void> {}

  problem(): undefined {}

  stop(): void {}

  figures(): Readonly<Record<string, number>> {
    return {};
  }

  private judge(certificate: PeerCertificate | DetailedPeerCertificate): Identified {
    const user = this.nameIn(certificate);
    if (user === undefined)
      return refuse("certificate_unusable", `the certificate has not exactly one ${this.settings.user}`, 403);
    return identityOf(user, [...this.settings.groups, ...list(certificate.subject?.OU)], this.prefix);
  }

  /** The one name of the configured kind; undefined for none or several, because nobody could say which one is meant. */
  private nameIn({ subject, subjectaltname = "" }: PeerCertificate): string | undefined {
    const names = this.settings.user === "common-name" ? list(subject?.CN) : alternativeNames(subjectaltname, this.settings.user);
    return names.length === 1 ? names[0] : undefined;
  }
}

/** Names of one kind of a `subjectaltname` text; Node quotes those that hold a comma, and such a name is not taken. */
function alternativeNames(text: string, kind: "uri" | "email"): string[] {
  if (text.includes('"')) return [];
  const prefix = kind === "uri" ? "URI:" : "email:";
  return text
    .split(", ")
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length));
}

function list(value: string | readonly string[] | undefined): string[] {
  if (value === undefined) return [];
  return typeof value === "string" ? [value] : [...value];
}
