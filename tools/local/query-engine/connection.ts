import { Pool } from "pg";
import { TextualClient } from "./column-types";

/** What the engine is told by its environment. */
export interface ConnectionSettings {
  /** `postgresql://` URL without Prisma's own parameters. Holds the password. */
  readonly url: string;
  /** The schema that Prisma's tables are in; absent: PostgreSQL's default. */
  readonly schema: string | undefined;
  /** Connections at once. */
  readonly connections: number;
  /** How long a query waits for a connection, in milliseconds. */
  readonly patience: number;
}

/** Parameters that PostgreSQL's driver knows; the others in a URL are Prisma's. */
const DRIVER_PARAMETERS = ["application_name", "host", "sslmode", "sslrootcert"];
const DEFAULT_CONNECTIONS = 10;
const DEFAULT_PATIENCE_SECONDS = 10;

/**
 * The connection that the client asks for: from `OVERWRITE_DATASOURCES`, which prisma-client-py sets where its caller names a
 * data source, else from `DATABASE_URL`.
 * @throws Error when there is none
 */
export function connectionSettings(environment: NodeJS.ProcessEnv): ConnectionSettings {
  const chosen = overwritten(environment.OVERWRITE_DATASOURCES) ?? environment.DATABASE_URL;
  if (!chosen || !URL.canParse(chosen)) throw new Error("DATABASE_URL is not set, or is no URL");
  const url = new URL(chosen);
  const parameters = new Map(url.searchParams);
  for (const name of parameters.keys()) if (!DRIVER_PARAMETERS.includes(name)) url.searchParams.delete(name);
  return {
    url: url.toString(),
    schema: parameters.get("schema"),
    connections: Number(parameters.get("connection_limit") ?? DEFAULT_CONNECTIONS),
    patience: Number(parameters.get("pool_timeout") ?? DEFAULT_PATIENCE_SECONDS) * 1000,
  };
}

/** JSON, or the same in Base64, as Prisma's engine takes it: a list with the URL of each data source. */
function overwritten(sources: string | undefined): string | undefined {
  if (!sources) return undefined;
  const text = sources.trimStart().startsWith("[") ? sources : Buffer.from(sources, "base64").toString("utf8");
  const [first]: ({ url?: string } | undefined)[] = JSON.parse(text);
  return first?.url;
}

/** Connections as the adapter needs them. It drops the zone of times, so they must come in UTC. */
export function openPool({ url, connections, patience }: ConnectionSettings): Pool {
  const limits = { max: connections, connectionTimeoutMillis: patience };
  const pool = new Pool({ connectionString: url, ...limits, options: "-c TimeZone=UTC", Client: TextualClient } as PoolOptions);
  // An idle connection that breaks is replaced at the next query; without a listener it would end the process.
  pool.on("error", () => {});
  return pool;
}

/** pg-pool takes the class of its connections; its type declarations leave that out. */
type PoolOptions = ConstructorParameters<typeof Pool>[0] & { readonly Client: typeof TextualClient };
