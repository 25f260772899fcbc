import { readFileSync } from "node:fs";
import { type Finding, found } from "../../../core/findings";
import { type MapNode, type Path, placeOfValue, showPath } from "../../../core/source";
import { SETTINGS_RULES } from "./rules";
import type { SecretPlace } from "./values";

const LONGEST = 8192;
/** What a header value can carry without being quoted or split. */
const SENDABLE = /^[\x21-\x7e]+$/;

/** Reads secrets where the settings say they are, and collects what is wrong with them. Values never enter a message. */
export class SecretReader {
  readonly findings: Finding[] = [];

  constructor(
    private readonly root: MapNode,
    private readonly environment: Readonly<Record<string, string | undefined>>,
  ) {}

  /** The secret at `place`, which stands at `path` of the settings; empty where it cannot be had, with a finding. */
  read(place: SecretPlace, path: Path): string {
    const value = place.env !== undefined ? this.fromEnvironment(place.env, path) : this.fromFile(place.file ?? "", path);
    if (value === undefined) return "";
    if (value.length > LONGEST || !SENDABLE.test(value)) {
      this.report(
        path,
        `the secret in ${shown(place)} is ${value === "" ? "empty" : "not one line of printable ASCII without spaces"}`,
      );
      return "";
    }
    return value;
  }

  private fromEnvironment(name: string, path: Path): string | undefined {
    const value = this.environment[name];
    if (value === undefined) this.report(path, `the environment variable ${name} is not set`);
    return value;
  }

  private fromFile(file: string, path: Path): string | undefined {
    try {
      return readFileSync(file, "utf8").replace(/\r?\n$/, "");
    } catch {
      // Not its name, which may be the secret itself.
      this.report(path, "the file that is named here cannot be read");
      return undefined;
    }
  }

  private report(path: Path, message: string): void {
    const { secret } = SETTINGS_RULES;
    this.findings.push(
      found(secret, { place: placeOfValue(this.root, path), path: showPath(path), message, repair: secret.repair }),
    );
  }
}

function shown(place: SecretPlace): string {
  return place.env !== undefined ? `the environment variable ${place.env}` : "the file that is named here";
}
