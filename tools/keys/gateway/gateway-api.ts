import type { Json, Kind } from "../../../core/keys";
import type { Current, CurrentObject } from "../plan";
import type { SecretValue } from "../plan";

/** Fields of a request, in LiteLLM's own words. */
export type Body = Readonly<Record<string, Json>>;

/** The part of LiteLLM's administration that keys as code need. Each call is one request, or one per page. */
export interface GatewayApi {
  /** Everything that is there, kind by kind. @param told hears how many keys of how many were read */
  read(told?: (read: number, total: number) => void): Promise<Current>;
  /** One key by its token id. */
  keyByTokenId(tokenId: string): Promise<CurrentObject | undefined>;
  /** Every key with this very alias: more than one when two runs raced. */
  keysByAlias(alias: string): Promise<readonly CurrentObject[]>;
  /** Makes a key of this value. Doing it twice with the same value makes one key. */
  createKey(body: Body, value: SecretValue): Promise<void>;
  create(kind: Exclude<Kind, "key">, id: string, body: Body): Promise<void>;
  update(kind: Kind, id: string, body: Body): Promise<void>;
  delete(kind: Kind, id: string): Promise<void>;
  /** Creates the lock of this id; false when somebody has it. Atomic: a primary key of the database. */
  acquire(lockId: string): Promise<boolean>;
  release(lockId: string): Promise<void>;
}

/** Talks to the administration in JSON, with back-off on 429 and 5xx. Reports of spend use it directly. */
export interface GatewayHttp {
  get(path: string, query?: Readonly<Record<string, string | number>>): Promise<Json>;
  post(path: string, body: Body): Promise<Json>;
}

/** The gateway refused or could not be reached: what it said, shortened and without secrets. */
export class GatewayError extends Error {
  constructor(
    message: string,
    readonly repair: string,
    /** HTTP status; absent when there was no answer. */
    readonly status?: number,
  ) {
    super(message);
    this.name = "GatewayError";
  }
}
