import { createHmac } from "node:crypto";
import { Client } from "pg";

/** How to reach a server of the local target, which listens on 127.0.0.1. */
export interface ServerAddress {
  readonly port: number;
  /** Of the administrator. LiteLLM's own is derived from it, and leads to nothing but its database. */
  readonly password: string;
}

/** How to reach one of its databases. */
export interface DatabaseAddress extends ServerAddress {
  readonly database: string;
}

/** The administrator of the local server: makes roles and databases, and nothing else logs in as it. */
export const ADMINISTRATOR = "postgres";

/** The role that LiteLLM and its migrations log in as: owner of its database, no administrator. */
const LITELLM = "litellm";

/** The database that every new cluster has. */
const MAINTENANCE = "postgres";

const CONNECT_MILLISECONDS = 3000;

/** Whether the server answers and takes the password. Never throws. */
export async function isAccepting(address: ServerAddress): Promise<boolean> {
  try {
    await asAdministrator(address, (client) => client.query("SELECT 1"));
    return true;
  } catch {
    return false;
  }
}

/** Makes LiteLLM's role, with its password of now, and its database, unless they are there. */
export async function ensureDatabase({ database, ...address }: DatabaseAddress): Promise<void> {
  await asAdministrator(address, async (client) => {
    const role = await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [LITELLM]);
    const password = client.escapeLiteral(rolePassword(address));
    await client.query(`${role.rowCount === 0 ? "CREATE" : "ALTER"} ROLE ${LITELLM} LOGIN NOSUPERUSER PASSWORD ${password}`);
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [database]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)} OWNER ${LITELLM}`);
  });
}

/** The `postgresql://` URL for LiteLLM's `DATABASE_URL`. Holds the password. */
export function databaseUrl({ port, password, database }: DatabaseAddress): string {
  return `postgresql://${LITELLM}:${rolePassword({ port, password })}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
}

/** Runs `work` on a connection of its own, as LiteLLM's role. */
export async function withClient<T>(address: DatabaseAddress, work: (client: Client) => Promise<T>): Promise<T> {
  return await connected({ ...address, user: LITELLM, password: rolePassword(address) }, work);
}

async function asAdministrator<T>(address: ServerAddress, work: (client: Client) => Promise<T>): Promise<T> {
  return await connected({ ...address, user: ADMINISTRATOR, database: MAINTENANCE }, work);
}

/** Whoever learns LiteLLM's password, which stands in its environment, does not learn the administrator's. */
function rolePassword({ password }: ServerAddress): string {
  return createHmac("sha256", password).update(LITELLM).digest("hex");
}

async function connected<T>(login: DatabaseAddress & { user: string }, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ ...login, host: "127.0.0.1", ssl: false, connectionTimeoutMillis: CONNECT_MILLISECONDS });
  // A server that is stopped while we are connected also emits an event, which would end the process.
  client.on("error", () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
