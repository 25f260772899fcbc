import type { AddressInfo, Server } from "node:net";
import type { TlsMaterial } from "../settings";

/** An open port that speaks HTTP/1.1 with clients. */
export interface Front {
  address(): AddressInfo | string | null;
  /** Takes no new connections, and calls back when the last one is closed. Idle ones are closed at once. */
  close(closed?: () => void): void;
  /** Closes connections that have neither a request in progress nor an answer that its client has not taken yet. */
  closeIdle(): void;
  /** Cuts all connections. */
  cut(): void;
  /** New connections get this certificate. */
  renew(tls: TlsMaterial): void;
}

/** What a parser makes: a server that is not open yet, and what can be done with its connections. */
export interface Clients {
  readonly server: Server;
  /** Closes connections that have neither a request in progress nor an answer that its client has not taken yet. */
  closeIdle(): void;
  /** Cuts all connections. */
  cut(): void;
}

/** TLS options of a listener. With an authority for client certificates, one is required: no request arrives without. */
export function tlsOptions(tls: TlsMaterial) {
  return { ...tls, minVersion: "TLSv1.2" as const, ...(tls.ca !== undefined && { requestCert: true, rejectUnauthorized: true }) };
}
