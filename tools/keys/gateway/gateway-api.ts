import type { Json, Kind } from "../../../core/keys";
import type { Body, Current, SecretValue } from "../plan";

/** The part of LiteLLM's administration that keys as code need. Each call is one request, or one per page. */
export interface GatewayApi {
  /** Everything that is there, kind by kind. @param told hears how many keys of how many were read */
  read(told?: (read: number, total: number) => void): Promise<Current>;
  /** Makes a key of this value. Doing it twice with the same value makes one key. */
  createKey(body: Body, value: SecretValue): Promise<void>;
  create(kind: Exclude<Kind, "key">, id: string, body: Body): Promise<void>;
  update(kind: Kind, id: string, body: Body): Promise<void>;
  /** Deleting what is gone already is no error. */
  delete(kind: Kind, id: string): Promise<void>;
  readonly locks: LockRows;
}

/** Rows of the gateway's database that runs agree by. */
export interface LockRows {
  /** All rows whose id begins with `prefix`. */
  list(prefix: string): Promise<readonly LockRow[]>;
  /** False when there is one of this id. Atomic: the id is a primary key. */
  create(id: string): Promise<boolean>;
  /** False when it is gone. */
  write(id: string, row: Omit<LockRow, "id">): Promise<boolean>;
  remove(id: string): Promise<void>;
}

export interface LockRow {
  readonly id: string;
  readonly held: boolean;
  /** Counts up while its holder lives. */
  readonly beat: number;
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
