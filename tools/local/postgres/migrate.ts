import { createHash, randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Client } from "pg";
import { LocalError } from "../local-error";
import type { Progress } from "../progress";
import type { LitellmInstallation } from "../python";
import { type DatabaseAddress, withClient } from "./database";

/** One of LiteLLM's schema migrations. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
}

/** What `migrate` needs to know. */
export interface MigrateOptions extends DatabaseAddress {
  readonly installation: LitellmInstallation;
  readonly progress: Progress;
}

/** The lock that Prisma's own `migrate deploy` takes, so that the two do not run at once (Prisma 5.17.0). */
const PRISMA_LOCK = 72707369;

/** As Prisma's engine makes it (5.17.0, schema-engine, `persistence`). */
const RECORDS = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

/**
 * Applies LiteLLM's migrations that are not applied yet, in order, and records them as Prisma does, so that LiteLLM and
 * Prisma find a database that they know. A lock in the database keeps two runs apart.
 * @throws LocalError with the migration's name and PostgreSQL's words when one fails
 */
export async function migrate(options: MigrateOptions): Promise<{ applied: number; total: number }> {
  const { installation, progress } = options;
  const step = progress.step("database schema");
  const migrations = readMigrations(join(installation.sitePackages, "litellm_proxy_extras", "migrations"));
  const applied = await withClient(options, async (client) => {
    await client.query("SELECT pg_advisory_lock($1)", [PRISMA_LOCK]);
    await client.query(RECORDS);
    const missing = await missingOf(migrations, client);
    for (const [index, migration] of missing.entries()) {
      if (index > 0 && index % 50 === 0) step.note(`${index} of ${missing.length} migrations`);
      await apply(migration, client);
    }
    return missing.length;
  });
  step.done(`${applied} of ${migrations.length} migrations applied`);
  return { applied, total: migrations.length };
}

/** The migrations in `folder`, one folder each, in the order that Prisma applies them: by name. */
export function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, "migration.sql")));
  return names.sort().map((name) => ({ name, sql: readFileSync(join(folder, name, "migration.sql"), "utf8") }));
}

async function missingOf(migrations: readonly Migration[], client: Client): Promise<Migration[]> {
  const finished = `SELECT migration_name FROM "_prisma_migrations" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`;
  const { rows } = await client.query<{ migration_name: string }>(finished);
  const names = new Set(rows.map((row) => row.migration_name));
  return migrations.filter(({ name }) => !names.has(name));
}

async function apply(migration: Migration, client: Client): Promise<void> {
  try {
    for (const query of queriesOf(migration, randomUUID())) await client.query(query);
  } catch (error) {
    throw new LocalError(
      `LiteLLM's migration ${migration.name} failed: ${(error as Error).message}`,
      "the database has tables that LiteLLM did not make in this order: use another database, or delete the data",
    );
  }
}

/**
 * The queries that apply a migration. Prisma sends a file as one query, which PostgreSQL runs as one transaction; the record
 * goes into the same one, so that a migration is applied and recorded, or neither. An index that is made concurrently does
 * not run within a transaction and is recorded after it; LiteLLM writes those with `IF NOT EXISTS`.
 */
export function queriesOf({ name, sql }: Migration, id: string): string[] {
  const checksum = createHash("sha256").update(sql).digest("hex");
  const values = [id, checksum, name].map((value) => `'${value.replaceAll("'", "''")}'`).join(", ");
  const record = `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at, applied_steps_count) VALUES (${values}, now(), 1)`;
  const alone = /\bINDEX\s+CONCURRENTLY\b/i.test(withoutComments(sql));
  return alone ? [sql, record] : [`${sql}\n;\n${record}`];
}

function withoutComments(sql: string): string {
  return sql.replace(/--.*$/gm, "");
}
