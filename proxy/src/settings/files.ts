import { readFileSync } from "node:fs";
import { createSecureContext } from "node:tls";
import { type Finding, found, isSecret } from "../../../core/findings";
import { type MapNode, type Path, placeOfValue, showPath } from "../../../core/source";
import { type FromPem, type PemProblem, readCertificates, readPrivateKey, readRevocations } from "./pem";
import { SETTINGS_RULES } from "./rules";
import type { TlsSettings } from "./schema";

/** What a listener or a client needs for TLS, as text in PEM. */
export interface TlsMaterial {
  readonly cert?: string;
  readonly key?: string;
  readonly ca?: string;
  readonly crl?: string;
}

const ANOTHER_KEY: PemProblem = {
  message: "the key does not belong to the certificate",
  repair: "name the key that this certificate was made for; in a chain, the listener's own certificate stands first",
};

/** Reads PEM files and collects what is wrong with them. */
export class PemReader {
  readonly findings: Finding[] = [];

  constructor(private readonly root: MapNode) {}

  /** The certificate, key and authority of a listener whose `tls` stands at `path`. */
  listener(tls: TlsSettings, path: Path): TlsMaterial {
    const before = this.findings.length;
    const material = {
      ...this.pair(tls, path),
      ...(tls.clientCaFile && { ca: this.authority(tls.clientCaFile, [...path, "clientCaFile"]) }),
      ...(tls.crlFile && { crl: this.whole(tls.crlFile, [...path, "crlFile"], readRevocations).text }),
    };
    if (this.findings.length === before && !isAccepted(material))
      this.report(path, { message: "TLS cannot be set up with these files" });
    return material;
  }

  /** Authorities that are trusted: at least one certificate, and all of them whole. */
  authority(file: string, path: Path): string {
    return this.whole(file, path, readCertificates).text;
  }

  private pair(tls: TlsSettings, path: Path): { cert: string; key: string } {
    const keyPath = [...path, "keyFile"];
    const cert = this.whole(tls.certificateFile, [...path, "certificateFile"], readCertificates);
    const key = this.whole(tls.keyFile, keyPath, readPrivateKey);
    const [own] = cert.value ?? [];
    if (own && key.value && !own.checkPrivateKey(key.value)) this.report(keyPath, ANOTHER_KEY);
    return { cert: cert.text, key: key.text };
  }

  /** The text of a file, and what it holds unless something is wrong with it. */
  private whole<T>(file: string, path: Path, readPem: (text: string) => FromPem<T>): { text: string; value?: T } {
    const text = this.read(file, path);
    if (text === undefined) return { text: "" };
    const result = readPem(text);
    if ("value" in result) return { text, value: result.value };
    this.report(path, result.problem);
    return { text };
  }

  /** Undefined where the file cannot be read, with a finding. */
  private read(file: string, path: Path): string | undefined {
    try {
      return readFileSync(file, "utf8");
    } catch {
      this.report(path, { message: `${shown(file, path)} cannot be read` });
      return undefined;
    }
  }

  private report(path: Path, { message, repair = SETTINGS_RULES.file.repair }: PemProblem): void {
    this.findings.push(
      found(SETTINGS_RULES.file, { place: placeOfValue(this.root, path), path: showPath(path), message, repair }),
    );
  }
}

function isAccepted(material: TlsMaterial): boolean {
  try {
    createSecureContext(material);
    return true;
  } catch {
    return false;
  }
}

/** A file by its name, unless the name may be the key itself. */
function shown(file: string, path: Path): string {
  return path.at(-1) === "keyFile" || isSecret("", file) ? "the file that is named here" : `the file ${file}`;
}
