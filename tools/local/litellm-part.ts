import { createHash } from "node:crypto";
import { dirname } from "node:path";
import type { LocalGateway } from "./gateway";
import { specHash } from "./supervisor/spec-hash";
import type { SecretSource, WantedPart } from "./supervisor/wanted";

/** What LiteLLM is started with. */
export interface LitellmStart {
  readonly gateway: LocalGateway;
  /** LiteLLM's program. */
  readonly command: string;
  /** Where `config.yaml` was written. */
  readonly configFile: string;
  /** An empty folder: LiteLLM's database client reads a `.env` in the folder it is started in. */
  readonly workFolder: string;
  /** Where the secrets live, and their values for the hash alone. */
  readonly secrets: Readonly<Record<string, SecretSource>>;
  readonly secretValues: Readonly<Record<string, string>>;
  /** The program that speaks to PostgreSQL for LiteLLM; absent without a database. */
  readonly queryEngine?: string;
  /** Of the caller. */
  readonly environment: NodeJS.ProcessEnv;
  readonly hashKey: string;
}

/** Variables of the caller that say how to reach the network; a proxy's URL may hold a password, so they travel as secrets. */
const NETWORK = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"];
const TRUST = ["NO_PROXY", "no_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"];
/** Variables that every terminal sets as it likes: a difference is no reason to restart. */
const AMBIENT = ["HOME", "LANG", "LC_ALL", "TMPDIR", "TZ"];

/**
 * Keeps LiteLLM on what is on this machine: no download of prices, headers, blog posts and policies at start, no
 * `.env` files (only read in mode DEV), no change of the database's schema (LiteLLM 1.108.10).
 */
export const FIXED = {
  LITELLM_MODE: "PRODUCTION",
  LITELLM_LOCAL_MODEL_COST_MAP: "True",
  LITELLM_LOCAL_ANTHROPIC_BETA_HEADERS: "True",
  LITELLM_LOCAL_BLOG_POSTS: "True",
  LITELLM_LOCAL_POLICY_TEMPLATES: "True",
  DISABLE_SCHEMA_UPDATE: "true",
  // LiteLLM compares the schema once more with Prisma's command line, which takes 8 s and asks for a download. The
  // migrations are applied before it starts, so the comparison is given up at once.
  LITELLM_PRISMA_COMMAND_TIMEOUT: "0.01",
  PYTHONUNBUFFERED: "1",
};

/** The caller's proxy settings, which reach LiteLLM as secrets. */
export function networkVariables(environment: NodeJS.ProcessEnv): Record<string, string> {
  return pick(environment, NETWORK);
}

/** The LiteLLM process of an environment, listening on 127.0.0.1 alone. Its environment is a list of what it needs, nothing is inherited. */
export function litellmPart(start: LitellmStart): WantedPart {
  const { gateway, command, configFile, workFolder, secrets, secretValues, queryEngine, environment, hashKey } = start;
  const args = ["--config", configFile, "--host", "127.0.0.1", "--port", String(gateway.port)];
  const database: Record<string, string> = queryEngine === undefined ? {} : { PRISMA_QUERY_ENGINE_BINARY: queryEngine };
  const trust = pick(environment, TRUST);
  const chosen = { PATH: searchPath(command), ...trust, ...gateway.environmentVariables, ...FIXED, ...database };
  const config = createHash("sha256").update(gateway.config).digest("hex");
  const after = queryEngine === undefined ? [] : ["postgres"];
  return {
    name: "litellm",
    process: { command, args, cwd: workFolder, env: { ...pick(environment, AMBIENT), ...chosen } },
    secrets,
    hash: specHash(hashKey, { command, args, workFolder, chosen, secretValues, config, after }),
    port: gateway.port,
    probe: { kind: "litellm", port: gateway.port, database: queryEngine !== undefined },
    after,
    stopSignal: "SIGTERM",
  };
}

/** Always the same, unlike the caller's, which differs between a terminal, npx and Terraform. The query engine needs Node. */
function searchPath(command: string): string {
  return [...new Set([dirname(command), dirname(process.execPath), "/usr/local/bin", "/usr/bin", "/bin"])].join(":");
}

function pick(environment: NodeJS.ProcessEnv, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])));
}
