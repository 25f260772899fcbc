import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { packageFile } from "../../package-file";
import { LocalError } from "../local-error";

/** A compiled program of this package. */
export interface Program {
  /** Absolute. */
  readonly path: string;
  /** Of its content: another build is another program. */
  readonly digest: string;
}

/**
 * The identity proxy, which is one file without dependencies.
 * @throws LocalError when it was not built
 */
export function proxyProgram(): Program {
  return program("the identity proxy", "dist", "identity-proxy.js");
}

/**
 * The development issuer.
 * @throws LocalError when it was not built
 */
export function issuerProgram(): Program {
  return program("the development issuer", "dist", "tools", "local", "issuer", "main.js");
}

function program(title: string, ...file: string[]): Program {
  const path = packageFile(...file);
  if (!existsSync(path)) throw new LocalError(`${title} is not built`, "run npm run build");
  return { path, digest: createHash("sha256").update(readFileSync(path)).digest("hex") };
}
