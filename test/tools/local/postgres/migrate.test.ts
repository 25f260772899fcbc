import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { queriesOf, readMigrations } from "../../../../tools/local/postgres/migrate";
import { useFolder } from "../programs";

const folder = useFolder();

function write(name: string, sql: string): void {
  mkdirSync(join(folder(), name));
  writeFileSync(join(folder(), name, "migration.sql"), sql);
}

test("migrations are read in the order of their names, other files left out", () => {
  write("20250401_b", "SELECT 2");
  write("20250326162113_baseline", "SELECT 1");
  write("20250701_add organization_id to spend logs", "SELECT 3");
  writeFileSync(join(folder(), "migration_lock.toml"), "");
  mkdirSync(join(folder(), "empty"));

  expect(readMigrations(folder()).map(({ sql }) => sql)).toEqual(["SELECT 1", "SELECT 2", "SELECT 3"]);
});

test("a migration and its record are one query, so that both happen or neither", () => {
  const sql = "CREATE TABLE a ();\n-- the end";

  const queries = queriesOf({ name: "1_it's", sql }, "id-1");

  const checksum = createHash("sha256").update(sql).digest("hex");
  expect(queries).toEqual([
    `${sql}\n;\nINSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at, applied_steps_count) VALUES ('id-1', '${checksum}', '1_it''s', now(), 1)`,
  ]);
});

test("an index that is made concurrently runs alone and is recorded after it", () => {
  const sql = 'CREATE INDEX CONCURRENTLY IF NOT EXISTS "i" ON "t"("c");';

  const [first, second, ...others] = queriesOf({ name: "1", sql }, "id-1");

  expect(first).toBe(sql);
  expect(second).toMatch(/^INSERT INTO "_prisma_migrations"/);
  expect(others).toEqual([]);
});

test("a comment about concurrent indexes changes nothing", () => {
  expect(queriesOf({ name: "1", sql: "-- no CREATE INDEX CONCURRENTLY here\nSELECT 1;" }, "id-1")).toHaveLength(1);
});
