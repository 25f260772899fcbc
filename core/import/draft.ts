import type { Place } from "../findings";
import { type Path, showPath } from "../source";
import type { Change, ChangeKind } from "./change";
import type { ConfigSource } from "./config-source";

/** An environment file in the making. */
export class Draft {
  readonly changes: Change[] = [];
  readonly environment = new Map<string, string>();
  /** Names of secrets, each with the variable of whoever deploys that holds its value. */
  readonly secrets = new Map<string, string>();
  /** Variables of the gateway's process, each with where it was given last. */
  readonly variables = new Map<string, { readonly path: string; readonly place: Place | undefined }>();
  readonly providerParameters = new Set<string>();
  version: string | undefined;
  port: number | undefined;
  config: ConfigSource | undefined;

  /** Paths of which something was said that a reader has to know. */
  private readonly told = new Set<string>();
  /** Paths of which anything was said, and what they are parts of. */
  private readonly mentioned = new Set<string>();
  private readonly containing = new Set<string>();

  say(kind: ChangeKind, path: Path | string, place: Place | undefined, message: string): void {
    const shown = typeof path === "string" ? path : showPath(path);
    this.changes.push({ kind, path: shown, message, ...(place && { place }) });
    if (kind !== "moved" && kind !== "added") this.told.add(shown);
    this.mentioned.add(shown);
    for (const outer of outwards(shown).slice(1)) this.containing.add(outer);
  }

  /** Whether something was said of `path` or of what it is a part of. */
  hasSaid(path: string): boolean {
    return this.told.has("") || outwards(path).some((outer) => this.told.has(outer));
  }

  /** The same, what was moved or added included, and what was said of the whole file not. */
  mentions(path: string): boolean {
    return outwards(path).some((outer) => this.mentioned.has(outer));
  }

  /** Whether something was said of a part of `path`. */
  mentionsPartOf(path: string): boolean {
    return this.containing.has(path);
  }
}

/** A path and what it is a part of, the innermost first; the whole file is not among them. */
function outwards(path: string): string[] {
  const ends = [...path.matchAll(/[.[]/g)].map(({ index }) => index).filter((index) => index > 0);
  return [path, ...ends.reverse().map((end) => path.slice(0, end))].filter((outer) => outer !== "");
}
