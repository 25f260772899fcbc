import { readFileSync } from "node:fs";
import { createSecureContext } from "node:tls";
import { type Finding, found, isSecret } from "../../../core/findings";
import { type MapNode, type Path, placeOfValue, showPath } from "../../../core/source";
import { SETTINGS_RULES } from "./rules";
import type { TlsSettings } from "./schema";

/** What a listener or a client needs for TLS, as text in PEM. */
export interface TlsMaterial {
  readonly cert?: string;
  readonly key?: string;
  readonly ca?: string;
  readonly crl?: string;
}

/** Reads PEM files and collects what is wrong with them. */
export class PemReader {
  readonly findings: Finding[] = [];

  constructor(private readonly root: MapNode) {}

  /** The certificate, key and authority of a listener whose `tls` stands at `path`. */
  listener(tls: TlsSettings, path: Path): TlsMaterial {
    const material = {
      cert: this.read(tls.certificateFile, [...path, "certificateFile"]),
      key: this.read(tls.keyFile, [...path, "keyFile"]),
      ...(tls.clientCaFile && { ca: this.read(tls.clientCaFile, [...path, "clientCaFile"]) }),
      ...(tls.crlFile && { crl: this.read(tls.crlFile, [...path, "crlFile"]) }),
    };
    this.tryOut(material, path);
    return material;
  }

  /** An authority that is trusted beside those of the system. */
  authority(file: string, path: Path): string {
    const ca = this.read(file, path);
    this.tryOut({ ca }, path);
    return ca;
  }

  private read(file: string, path: Path): string {
    try {
      return readFileSync(file, "utf8");
    } catch {
      this.report(path, `${shown(file, path)} cannot be read`);
      return "";
    }
  }

  private tryOut(material: TlsMaterial, path: Path): void {
    if (Object.values(material).includes("")) return;
    try {
      createSecureContext(material);
    } catch {
      this.report(path, "this is no PEM, or the key does not belong to the certificate");
    }
  }

  private report(path: Path, message: string): void {
    const { file } = SETTINGS_RULES;
    this.findings.push(found(file, { place: placeOfValue(this.root, path), path: showPath(path), message, repair: file.repair }));
  }
}

/** A file by its name, unless the name may be the key itself. */
function shown(file: string, path: Path): string {
  return path.at(-1) === "keyFile" || isSecret("", file) ? "the file that is named here" : `the file ${file}`;
}
