import { createHash } from "node:crypto";
import type { Json } from "../../../core/keys";

type Row = Record<string, Json>;
type Body = Readonly<Record<string, Json>>;

/** What a LiteLLM answers. */
export interface MemoryAnswer {
  readonly status: number;
  readonly json: Json;
}

/** The time that rows are stamped with; milliseconds since 1970. */
export type Now = () => number;

/** A request that LiteLLM refuses. */
class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly json: Json,
  ) {
    super(String(status));
  }
}

/**
 * A LiteLLM in memory, as far as keys as code use it: its answers, refusals and silences as recorded from 1.108.10.
 * test/real/keys replays the same calls on a real one and compares.
 */
export class MemoryLitellm {
  readonly tables: Readonly<Record<"key" | "team" | "user" | "budget" | "tag" | "customer", Map<string, Row>>> = {
    key: new Map(),
    team: new Map(),
    user: new Map(),
    budget: new Map(),
    tag: new Map(),
    customer: new Map(),
  };
  /** Bodies as they came over the wire. */
  readonly wire: { readonly path: string; readonly body: Body }[] = [];
  private readonly deleted = new Map<string, Row>();
  private readonly aliases = new Map<string, string>();
  private serial = 0;

  constructor(
    private readonly now: Now,
    private readonly masterKey = "sk-master",
  ) {}

  /** Answers a request; `authorization` as in its header. */
  handle(method: string, target: string, body: Body, authorization?: string): MemoryAnswer {
    const url = new URL(target, "http://memory");
    if (authorization !== undefined && authorization !== `Bearer ${this.masterKey}`) {
      return { status: 401, json: proxyError("Authentication Error, Invalid API key provided.", "token_not_found_in_db", 401) };
    }
    if (method === "POST") this.wire.push({ path: url.pathname, body });
    try {
      return { status: 200, json: this.route(method, url, body) };
    } catch (error) {
      if (error instanceof Refusal) return { status: error.status, json: error.json };
      throw error;
    }
  }

  /** Whether a client that sends this value is let in now. */
  accepts(value: string): boolean {
    const row = this.tables.key.get(sha256(value));
    if (!row || row.blocked === true) return false;
    return typeof row.expires !== "string" || Date.parse(row.expires) > this.now();
  }

  private route(method: string, url: URL, body: Body): Json {
    const name = `${method} ${url.pathname}`;
    const listing = LISTS[name];
    if (listing) return this.list(listing, url.searchParams);
    if (name === "POST /key/generate") return this.generate(body);
    if (name === "POST /key/update") return this.updateKey(body);
    if (name === "POST /key/delete") return this.deleteKeys(body);
    if (name === "GET /key/info") return this.keyInfo(url.searchParams.get("key") ?? "");
    return this.routeObject(url.pathname, body);
  }

  private routeObject(path: string, body: Body): Json {
    const [, kind = "", verb = ""] = path.split("/");
    const named = Object.keys(ID).find((each): each is ObjectKind => each === kind);
    if (named && verb === "new") return this.create(named, body);
    if (named && verb === "update") return this.update(named, body);
    if (named && verb === "delete") return this.remove(named, body);
    throw new Refusal(404, { detail: "Not Found" });
  }

  private generate(body: Body): Json {
    const { key_alias: alias, key, duration, budget_duration: period, ...rest } = body;
    this.serial += 1;
    const value = typeof key === "string" ? key : `sk-memory-of-litellm-${this.serial}`;
    if (alias !== undefined && this.hasAlias(String(alias))) {
      const message = `Key with alias '${String(alias)}' already exists. Unique key aliases across all keys are required.`;
      throw new Refusal(400, proxyError(message, "bad_request_error", 400, "key_alias"));
    }
    if (!value.startsWith("sk-"))
      throw internal(`Invalid key format. LiteLLM Virtual Key must start with 'sk-'. Received: ${value.slice(0, 4)}****`);
    if (value.length < 16) throw internal("Invalid key format. LiteLLM Virtual Key must be at least 16 characters long.");
    refusePeriod(period);
    if (rest.tags !== undefined || rest.guardrails !== undefined)
      throw new Refusal(
        403,
        proxyError("This feature is only available for LiteLLM Enterprise users", "internal_server_error", 403),
      );
    const token = sha256(value);
    const row: Row = {
      ...KEY_DEFAULTS,
      ...rest,
      token,
      key_alias: alias ?? null,
      key_name: `sk-...${value.slice(-4)}`,
      budget_duration: period ?? null,
      expires: typeof duration === "string" ? this.after(duration) : null,
      ...this.stamps(),
    };
    // The answer is that of a new key even where the value is there already and nothing changes.
    if (!this.tables.key.has(token)) {
      this.tables.key.set(token, row);
      this.aliases.set(String(alias), token);
    }
    return { ...row, key: value, token_id: token };
  }

  private updateKey({ key, duration, ...fields }: Body): Json {
    const token = typeof key === "string" && key.startsWith("sk-") ? sha256(key) : String(key);
    const row = this.tables.key.get(token);
    if (!row) throw new Refusal(404, proxyError(`Key not found in database`, "internal_server_error", 404));
    refusePeriod(fields.budget_duration);
    const expires = duration === undefined ? {} : { expires: duration === null ? null : this.after(String(duration)) };
    Object.assign(row, fields, expires, { updated_at: this.iso() });
    return { key: String(key), ...row };
  }

  private deleteKeys({ keys }: Body): Json {
    const tokens = (Array.isArray(keys) ? keys : []).map(String);
    const there = tokens.filter((token) => this.deleteKey(token));
    if (there.length === 0) throw new Refusal(404, proxyError("{'error': 'No keys found'}", "internal_server_error", 404));
    return { deleted_keys: there };
  }

  private keyInfo(token: string): Json {
    // Of a key that was deleted LiteLLM goes on telling what it was.
    const row = this.tables.key.get(token) ?? this.deleted.get(token);
    if (!row) throw new Refusal(404, proxyError("{'error': 'Key not found in database'}", "internal_server_error", 404));
    return { key: token, info: row };
  }

  private create(kind: ObjectKind, body: Body): Json {
    const id = String(body[ID[kind]]);
    refusePeriod(body.budget_duration);
    if (this.tables[kind].has(id)) throw taken(kind, id);
    const { budget_id: budget, auto_create_key: _key, send_invite_email: _mail, ...rest } = body;
    const named: Row = kind === "budget" ? { budget_id: id } : {};
    const table: Row = typeof budget === "string" && kind !== "budget" ? { litellm_budget_table: { budget_id: budget } } : {};
    this.tables[kind].set(id, { ...DEFAULTS[kind], ...rest, ...named, ...table, ...this.stamps(), ...NO_SPEND[kind] });
    return this.tables[kind].get(id) ?? null;
  }

  private update(kind: ObjectKind, body: Body): Json {
    const id = String(body[ID[kind]]);
    const row = this.tables[kind].get(id);
    if (!row) {
      if (kind === "budget") return null;
      throw new Refusal(kind === "tag" ? 500 : 404, { detail: `${kind} ${id} not found` });
    }
    refusePeriod(body.budget_duration);
    if (kind === "tag" && typeof body.budget_id === "string" && row.litellm_budget_table !== undefined) {
      throw new Refusal(500, { detail: "BudgetNewRequest() got multiple values for keyword argument 'budget_id'" });
    }
    const { budget_id: budget, ...fields } = body;
    const kept = Object.entries(fields).filter(([name, value]) => isTaken(kind, name, value));
    const table: Row = typeof budget === "string" && kind !== "budget" ? { litellm_budget_table: { budget_id: budget } } : {};
    // An update of a tag sets what it does not name to nothing.
    const reset: Row = kind === "tag" ? { description: null, models: [] } : {};
    Object.assign(row, reset, Object.fromEntries(kept), table, { updated_at: this.iso() });
    return row;
  }

  private remove(kind: ObjectKind, body: Body): Json {
    const list = body.team_ids ?? body.user_ids ?? [body.id ?? body.name ?? null];
    const ids = (Array.isArray(list) ? list : []).map(String);
    const there = ids.filter((id) => this.tables[kind].delete(id));
    if (kind === "budget" && there.length === 0) return null;
    if (there.length === 0) throw new Refusal(kind === "tag" ? 500 : 404, { detail: `${kind} ${ids.join()} not found` });
    if (kind === "team" || kind === "user") this.deleteKeysOf(ID[kind], there);
    return { deleted: there };
  }

  /** LiteLLM deletes the keys of a team or a user with it. */
  private deleteKeysOf(field: string, ids: readonly string[]): void {
    for (const [token, row] of this.tables.key) if (ids.includes(String(row[field]))) this.deleteKey(token);
  }

  /** Looked up, because every key that is made asks; aliases are not changed by those who use this. */
  private hasAlias(alias: string): boolean {
    const token = this.aliases.get(alias);
    return token !== undefined && this.tables.key.get(token)?.key_alias === alias;
  }

  private deleteKey(token: string): boolean {
    const row = this.tables.key.get(token);
    if (row) this.deleted.set(token, row);
    return this.tables.key.delete(token);
  }

  private list({ kind, rows, size, total, flat }: Listing, query: URLSearchParams): Json {
    const alias = query.get("key_alias");
    const all = [...this.tables[kind].values()].filter((row) => alias === null || row.key_alias === alias);
    // The newest first; a map keeps the order in which keys were made.
    if (kind === "key") all.reverse();
    if (flat) return all;
    const page = Number(query.get("page") ?? 1);
    const count = Number(query.get(size) ?? 10);
    if (count > 100) throw new Refusal(422, { detail: [{ type: "less_than_equal", loc: ["query", size] }] });
    const shown = all.slice((page - 1) * count, page * count);
    const full = kind !== "key" || query.get("return_full_object") === "true";
    const list = full ? shown : shown.map(({ token }) => token ?? null);
    return { [rows]: list, [total]: all.length, page, total_pages: Math.ceil(all.length / count) };
  }

  private after(duration: string): string {
    const [, count = "0", unit = "s"] = /^(\d+)([smhdw])$/.exec(duration) ?? [];
    const seconds = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }[unit] ?? 1;
    return new Date(this.now() + Number(count) * seconds * 1000).toISOString();
  }

  private stamps(): Row {
    return { created_at: this.iso(), updated_at: this.iso(), created_by: "default_user_id", spend: 0 };
  }

  private iso(): string {
    return new Date(this.now()).toISOString();
  }
}

interface Listing {
  readonly kind: "key" | "team" | "user" | "budget" | "tag" | "customer";
  readonly rows: string;
  readonly size: string;
  readonly total: string;
  readonly flat: boolean;
}

const LISTS: Readonly<Record<string, Listing>> = {
  "GET /key/list": { kind: "key", rows: "keys", size: "size", total: "total_count", flat: false },
  "GET /v2/team/list": { kind: "team", rows: "teams", size: "page_size", total: "total", flat: false },
  "GET /user/list": { kind: "user", rows: "users", size: "page_size", total: "total", flat: false },
  "GET /budget/list": { kind: "budget", rows: "", size: "", total: "", flat: true },
  "GET /tag/list": { kind: "tag", rows: "", size: "", total: "", flat: true },
  "GET /customer/list": { kind: "customer", rows: "", size: "", total: "", flat: true },
};

const ID = { team: "team_id", user: "user_id", budget: "budget_id", tag: "name", customer: "user_id" } as const;
type ObjectKind = keyof typeof ID;

const KEY_DEFAULTS: Row = {
  models: [],
  aliases: {},
  config: {},
  metadata: {},
  blocked: null,
  user_id: null,
  team_id: null,
  max_budget: null,
  allowed_routes: [],
};
const DEFAULTS: Readonly<Record<keyof typeof ID, Row>> = {
  team: {
    models: [],
    blocked: false,
    metadata: {},
    members_with_roles: [{ user_id: "default_user_id", user_email: null, role: "admin" }],
    max_budget: null,
  },
  user: { models: [], metadata: {}, max_budget: null, user_email: null },
  budget: { max_budget: null, soft_budget: null, rpm_limit: null, tpm_limit: null, budget_duration: null },
  tag: { description: null, models: [] },
  customer: { alias: null, blocked: false, allowed_model_region: null, default_model: null },
};

/** LiteLLM books what a tag spends, and its listing of tags does not give it. */
const NO_SPEND: Partial<Record<ObjectKind, Row>> = { tag: { spend: null } };

/** Updates of users and customers ignore empty values (`_update_internal_user_params`, `_should_update_field`). */
function isTaken(kind: string, name: string, value: Json): boolean {
  const isEmpty = value === null || (typeof value === "object" && Object.keys(value).length === 0);
  if (!isEmpty) return true;
  if (kind === "customer") return false;
  return kind !== "user" || ["max_budget", "budget_duration", "tpm_limit", "rpm_limit"].includes(name);
}

function refusePeriod(period: Json | undefined): void {
  if (
    period === undefined ||
    period === null ||
    /^([1-9]\d*(s|m|h|d|w|mo)|[1-9]\d*days|hourly|daily|weekly|monthly)$/.test(String(period))
  )
    return;
  throw internal(`Invalid budget_duration '${String(period)}'. Use a format like '1h', '24h', '7d', or '30d'.`);
}

function taken(kind: string, id: string): Refusal {
  if (kind === "budget") return new Refusal(400, { detail: { error: `Budget with id '${id}' already exists.` } });
  if (kind === "user")
    return new Refusal(409, proxyError(`{'error': 'User with id ${id} already exists'}`, "internal_server_error", 409));
  if (kind === "tag") return new Refusal(500, { detail: `400: Tag ${id} already exists` });
  if (kind === "customer")
    return new Refusal(
      400,
      proxyError(`Customer already exists, passed user_id=${id}. Please pass a new user_id.`, "bad_request", 400),
    );
  return internal(`Team id = ${id} already exists. Please use a different team id.`);
}

function internal(text: string): Refusal {
  return new Refusal(400, proxyError(`{'error': "${text}"}`, "internal_server_error", 400));
}

function proxyError(message: string, type: string, code: number, param: string | null = null): Json {
  return { error: { message, type, param, code: String(code) } };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
