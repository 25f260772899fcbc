import type { Socket } from "node:net";
import { hasControlCharacter } from "../settings/values";

/** A verified caller. The same object is handed out as long as the proof of it is remembered, so work can be kept beside it. */
export interface Identity {
  readonly user: string;
  /** Groups as the source spells them, each once. */
  readonly groups: readonly string[];
}

/** Why nobody is known to call: a reason code for logs and metrics, and what the client is told. */
export interface Unidentified {
  readonly status: 401 | 403 | 503;
  readonly code: string;
  readonly message: string;
}

/** What one request proves. */
export type Identified = { readonly identity: Identity } | { readonly refused: Unidentified };

/** What a source may look at. */
export interface RequestHead {
  /** Names and values in turn, as the client sent them. */
  readonly rawHeaders: readonly string[];
  readonly socket: Socket;
}

/** The one source of identity of a listener. */
export interface IdentitySource {
  /** Who calls. Answers at once where it can, because most requests carry a proof that was verified before. */
  identify(request: RequestHead): Identified | Promise<Identified>;
  /** Fetches what verification needs; rejects with a reason where that fails. */
  start(): Promise<void>;
  /** Why identities cannot be verified now; undefined where they can. */
  problem(): string | undefined;
  /** Ends timers and connections. */
  stop(): void;
  /** Figures for the metrics, by name. */
  figures(): Readonly<Record<string, number>>;
}

/** The longest name, in bytes of UTF-8. LiteLLM 1.108.10 stops booking spend for everybody when an indexed name is over 8,191. */
export const MAX_NAME_BYTES = 1000;
/** The most groups of one caller. */
export const MAX_GROUPS = 2000;

/** A refusal for a request that proves nothing. */
export function refuse(code: string, message: string, status: Unidentified["status"] = 401): { readonly refused: Unidentified } {
  return { refused: { status, code, message } };
}

/** A verified name and groups as an identity, unless a value could not be forwarded safely. */
export function identityOf(user: unknown, groups: readonly unknown[], prefix = ""): Identified {
  if (!isName(user)) return refuse("identity_unusable", "the verified name is empty, too long or not plain text", 403);
  if (groups.length > MAX_GROUPS) return refuse("identity_unusable", `the caller has more than ${MAX_GROUPS} groups`, 403);
  if (!groups.every(isName)) return refuse("identity_unusable", "a verified group is empty, too long or not plain text", 403);
  return { identity: { user: prefix + user, groups: [...new Set(groups)] } };
}

/** Text that can be forwarded: not blank, no control characters, no lone surrogate, not too long. */
export function isName(value: unknown): value is string {
  if (typeof value !== "string" || value.trim() === "" || value !== value.trim()) return false;
  return !/\p{Surrogate}/u.test(value) && !hasControlCharacter(value) && Buffer.byteLength(value) <= MAX_NAME_BYTES;
}
