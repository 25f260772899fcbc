/** A request target that is safe to compare and to forward: its path, and its query without the question mark. */
export interface Target {
  readonly path: string;
  readonly query: string;
}

/** Why a target is not forwarded. */
export type TargetProblem = "target_malformed" | "path_encoded" | "path_not_normal";

/** What LiteLLM's routes are written with; a colon stands before the action of Google's. */
const PLAIN_PATH = /^\/[A-Za-z0-9/_.~:@+-]*$/;
const PRINTABLE = /^[\x21-\x7e]*$/;

/**
 * Takes a request target apart, or says why it cannot be.
 *
 * LiteLLM 1.108.10 decodes the path once before it compares (`/v1%2Fchat%2Fcompletions` reaches the handler), answers a trailing
 * slash by a redirect made from the client's Host, and hands dot segments on to providers. A path that is the same before and
 * after all of this needs no rule of its own for each, so only such paths pass.
 */
export function readTarget(target: string): Target | TargetProblem {
  const mark = target.indexOf("?");
  const path = mark < 0 ? target : target.slice(0, mark);
  const query = mark < 0 ? "" : target.slice(mark + 1);
  if (!path.startsWith("/") || !PRINTABLE.test(target) || target.includes("#")) return "target_malformed";
  if (path.includes("%")) return "path_encoded";
  if (!PLAIN_PATH.test(path)) return "target_malformed";
  return isNormal(path) ? { path, query } : "path_not_normal";
}

function isNormal(path: string): boolean {
  if (path.includes("//") || (path.length > 1 && path.endsWith("/"))) return false;
  return !path.includes("/.") || !path.split("/").some((segment) => segment === "." || segment === "..");
}
