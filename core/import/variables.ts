import { FIXED_BY_LOCAL } from "../config";
import type { Place } from "../findings";
import type { ChangeKind } from "./change";
import { mayBeCredential } from "./credentials";
import type { Draft } from "./draft";

const VARIABLE = /^[A-Za-z_]\w*$/;
/** `$NAME`, `${NAME}` and `${NAME:-default}`, alone. */
const INTERPOLATED = /^\$(?:(\w+)|\{(\w+)(?::?([-?+])([^}]*))?\})$/;

/** Where a variable of the gateway's process was written. */
export interface Written {
  readonly path: string;
  readonly place: Place | undefined;
}

/** What becomes of a variable: a secret that another variable holds, or nothing; and what to say of it. */
interface Fate {
  readonly kind: ChangeKind;
  readonly message: string;
  /** The variable of whoever deploys that holds its value. */
  readonly from?: string;
}

/** Takes over a variable of LiteLLM's process: a secret where its value is one, or comes from elsewhere. */
export function takeVariable(draft: Draft, name: string, value: unknown, { path, place }: Written): void {
  const earlier = draft.variables.get(name);
  if (earlier) {
    draft.environment.delete(name);
    draft.secrets.delete(name);
    draft.say("left-out", earlier.path, earlier.place, `${name} is given again further down, and the last one counts`);
  }
  draft.variables.set(name, { path, place });
  const { kind, message, from } = fateOf(name, value);
  draft.say(kind, path, place, message);
  if (from !== undefined) draft.secrets.set(name, from);
  // Compose writes a dollar twice where it means one.
  else if (kind === "moved") draft.environment.set(name, String(value).replaceAll("$$", "$"));
}

function fateOf(name: string, value: unknown): Fate {
  if (!VARIABLE.test(name) || name === "__proto__") return { kind: "left-out", message: "this is not a name of a variable" };
  if (FIXED_BY_LOCAL.includes(name)) return { kind: "left-out", message: `the local target sets ${name} itself` };
  const to = `secrets.${name}`;
  if (value === null || value === undefined) {
    return { kind: "changed", from: name, message: `${to}: from the same variable of whoever deploys` };
  }
  const text = String(value);
  const [, bare, braced, mark, fallback] = INTERPOLATED.exec(text) ?? [];
  const from = bare ?? braced;
  if (from !== undefined && VARIABLE.test(from)) {
    const lost = mark === "-" && fallback ? "; the default that is written here is not kept" : "";
    return { kind: "changed", from, message: `${to}: from the variable ${from} of whoever deploys${lost}` };
  }
  if (/(?<!\$)\$\{?\w/.test(text)) {
    const message = `${to}: it was put together from other variables; give ${name} its whole value`;
    return { kind: "changed", from: name, message };
  }
  if (mayBeCredential(name, text)) {
    return { kind: "secret", from: name, message: `a declared secret, ${to}; the value is written nowhere` };
  }
  return { kind: "moved", message: `to litellm.environment.${name}` };
}
