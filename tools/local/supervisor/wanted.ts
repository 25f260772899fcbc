import { rmSync } from "node:fs";
import { join } from "node:path";
import type { ProcessSpec } from "../process-spec";
import { readJson, writeAtomically } from "./atomic-file";
import { WANTED } from "./shapes";

/**
 * Where the supervisor finds a secret when it starts a part: in a file, or in its own environment under a prefix, where
 * `up` put what it had `from` a variable of its caller.
 */
export type SecretSource = { readonly file: string } | { readonly handed: string; readonly from: string };

/** How to ask a part whether it can be used. */
export type Probe =
  | { readonly kind: "postgres"; readonly port: number; readonly passwordFile: string }
  | { readonly kind: "litellm"; readonly port: number; readonly database: boolean }
  /** Answers 200 to GET `path`. */
  | { readonly kind: "http"; readonly port: number; readonly path: string };

/** A program that is to run, without any secret value. */
export interface WantedPart {
  /** Names its log and its lines in the status: `postgres`, `litellm`, `issuer`, `identity-proxy`. */
  readonly name: string;
  readonly process: ProcessSpec;
  /** Environment variables whose values are secret. */
  readonly secrets: Readonly<Record<string, SecretSource>>;
  /** Changes exactly when the running process has to be replaced. */
  readonly hash: string;
  readonly port: number;
  /** Further ports that it listens on. @default none */
  readonly otherPorts?: readonly number[];
  readonly probe: Probe;
  /** Parts that must accept requests before this one starts, and that stop after it. */
  readonly after: readonly string[];
  /** Asks the program to end in order. */
  readonly stopSignal: "SIGINT" | "SIGTERM";
}

/** A part that the environment would have, were it on this machine. */
export interface MissingPart {
  readonly part: string;
  readonly problem: string;
  readonly repair: string;
}

/** What is to run. */
export interface Wanted {
  readonly litellmVersion: string;
  /** In the order of starting. */
  readonly parts: readonly WantedPart[];
  readonly missing: readonly MissingPart[];
}

/** Goes before a secret's name in the supervisor's environment. */
export const HANDED_PREFIX = "CDKTF_LITELLM_SECRET_";

/** The variable of the supervisor's environment that holds, as JSON, what it says about itself in `supervisor.json`. */
export const SUPERVISOR_SELF = "CDKTF_LITELLM_SUPERVISOR";

/** The wanted state in `run/`; undefined where there is none, or a damaged one. */
export function readWanted(run: string): Wanted | undefined {
  return readJson(wantedFile(run), WANTED);
}

export function writeWanted(run: string, wanted: Wanted): void {
  writeAtomically(wantedFile(run), `${JSON.stringify(wanted, undefined, 2)}\n`);
}

/** Nothing is to run any more. */
export function removeWanted(run: string): void {
  rmSync(wantedFile(run), { force: true });
}

function wantedFile(run: string): string {
  return join(run, "wanted.json");
}
