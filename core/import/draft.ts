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
  readonly providerParameters = new Set<string>();
  version: string | undefined;
  port: number | undefined;
  config: ConfigSource | undefined;

  say(kind: ChangeKind, path: Path | string, place: Place | undefined, message: string): void {
    const shown = typeof path === "string" ? path : showPath(path);
    this.changes.push({ kind, path: shown, message, ...(place && { place }) });
  }

  /** Whether something was said of `path` or of what it is a part of. */
  hasSaid(path: string): boolean {
    return this.changes.some(({ kind, path: said }) => kind !== "moved" && kind !== "added" && isWithin(path, said));
  }
}

/** Whether `path` is `outer` or stands in it. */
export function isWithin(path: string, outer: string): boolean {
  return outer === "" || path === outer || (path.startsWith(outer) && /^[.[]/.test(path.slice(outer.length)));
}
