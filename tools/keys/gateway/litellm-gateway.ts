import type { Kind } from "../../../core/keys";
import type { Body, SecretValue } from "../plan";
import { type GatewayApi, GatewayError, type GatewayHttp } from "./gateway-api";
import { lockRows } from "./lock-rows";
import { readCurrent } from "./read";
import { ID_FIELD, isRow, notLitellm } from "./rows";

/** The administration of a LiteLLM (checked against 1.83.14 to 1.109.1; run with 1.108.10). */
export function litellmGateway(http: GatewayHttp): GatewayApi {
  return {
    read: (told) => readCurrent(http, told),
    createKey: (body, value) => createKey(http, body, value),
    create: (kind, id, body) => create(http, kind, id, body),
    update: async (kind, id, body) => {
      await http.post(`/${kind}/update`, { ...body, [kind === "key" ? "key" : ID_FIELD[kind]]: id });
    },
    delete: (kind, id) => remove(http, kind, id),
    locks: lockRows(http),
  };
}

/**
 * LiteLLM answers a second request with the same value by 200 without changing anything, or by 400 where the alias is the
 * same too (1.108.10). So after a 400 the key is looked for by its hash: when it is there, an answer was lost on the way.
 */
async function createKey(http: GatewayHttp, body: Body, value: SecretValue): Promise<void> {
  try {
    const made = await http.post("/key/generate", { ...body, key: value.reveal() });
    // A value that the gateway does not know must not replace one that works.
    if (!isRow(made) || made.token_id !== value.tokenId) throw notLitellm("/key/generate");
  } catch (error) {
    if (!(error instanceof GatewayError) || error.status === undefined || error.status >= 500) throw error;
    if (!(await exists(http, value.tokenId))) throw error;
  }
}

async function exists(http: GatewayHttp, tokenId: string): Promise<boolean> {
  try {
    await http.get("/key/info", { key: tokenId });
    return true;
  } catch (error) {
    if (error instanceof GatewayError && error.status === 404) return false;
    throw error;
  }
}

/** Fields that a new thing gets besides those of the file. A user would otherwise get a key that nobody knows. */
const ON_CREATION: Readonly<Partial<Record<Kind, Body>>> = { user: { auto_create_key: false, send_invite_email: false } };

async function create(http: GatewayHttp, kind: Exclude<Kind, "key">, id: string, body: Body): Promise<void> {
  await http.post(`/${kind}/new`, { ...ON_CREATION[kind], ...body, [ID_FIELD[kind]]: id });
}

async function remove(http: GatewayHttp, kind: Kind, id: string): Promise<void> {
  const bodies: Readonly<Record<Kind, Body>> = {
    key: { keys: [id] },
    team: { team_ids: [id] },
    user: { user_ids: [id] },
    customer: { user_ids: [id] },
    budget: { id },
    tag: { name: id },
  };
  try {
    await http.post(`/${kind}/delete`, bodies[kind]);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/** LiteLLM says 404 for keys, and 400 or 500 with the text of a 404 for other kinds (1.108.10). */
function isGone(error: unknown): boolean {
  return error instanceof GatewayError && (error.status === 404 || /not found|does not exist|No record/i.test(error.message));
}
