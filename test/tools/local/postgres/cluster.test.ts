import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { type Cluster, type PostgresInstallation, prepareCluster, removeCluster } from "../../../../tools/local/postgres";
import type { Machine } from "../../../../tools/local/postgres/machine";
import { SILENT } from "../../../../tools/local/progress";
import { useFolder, writeProgram } from "../programs";

const folder = useFolder();
const ORDINARY: Machine = { uid: 1000, passwd: () => "", shared: [] };
const INITDB = `for argument; do case "$argument" in
--pgdata=*) data="\${argument#*=}" ;;
--pwfile=*) password="\${argument#*=}" ;;
esac; done
echo "$*" >"$data/arguments"
cp "$password" "$data/password"
stat -c %a "$password" >"$data/mode" 2>/dev/null || stat -f %Lp "$password" >"$data/mode"
echo 15 >"$data/PG_VERSION"`;

function prepare(options: { initdb?: string; version?: string; machine?: Machine; at?: string } = {}): Promise<Cluster> {
  const { initdb = INITDB, version = "15.18", machine = ORDINARY, at = join(folder(), "postgres") } = options;
  const bin = join(folder(), "bin");
  writeProgram(join(bin, "initdb"), initdb);
  const installation: PostgresInstallation = { version, bin, source: "machine" };
  return prepareCluster({ installation, folder: at, password: "geheim", progress: SILENT, environment: process.env }, machine);
}

test("a cluster is made once, for its owner alone, with passwords, UTF-8 and checksums", async () => {
  const { data, runAs } = await prepare();
  writeFileSync(join(data, "a table"), "rows");
  await prepare();

  expect(data).toBe(join(folder(), "postgres"));
  expect(runAs).toBeUndefined();
  expect(statSync(data).mode & 0o777).toBe(0o700);
  expect(readFileSync(join(data, "a table"), "utf8")).toBe("rows");
  for (const option of ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--data-checksums"]) {
    expect(readFileSync(join(data, "arguments"), "utf8")).toContain(option);
  }
});

test("the password reaches initdb in a file for its owner alone, which is deleted, and never as an argument", async () => {
  const { data } = await prepare();

  expect(readFileSync(join(data, "password"), "utf8")).toBe("geheim\n");
  expect(readFileSync(join(data, "mode"), "utf8").trim()).toBe("600");
  expect(readFileSync(join(data, "arguments"), "utf8")).not.toContain("geheim");
  expect(readdirSync(folder()).sort()).toEqual(["bin", "postgres"]);
});

test("a cluster whose making was killed is made again", async () => {
  mkdirSync(join(folder(), "postgres.draft"));
  writeFileSync(join(folder(), "postgres.draft", "PG_VERSION"), "15\n");
  writeFileSync(join(folder(), "postgres.password"), "old\n");

  const { data } = await prepare();

  expect(existsSync(join(data, "arguments"))).toBe(true);
  expect(readdirSync(folder()).sort()).toEqual(["bin", "postgres"]);
});

test("when initdb fails, its words are told and no cluster is left", async () => {
  await expect(prepare({ initdb: "echo disk on fire >&2; exit 1" })).rejects.toMatchObject({ details: ["disk on fire"] });
  expect(existsSync(join(folder(), "postgres"))).toBe(false);
  expect(existsSync(join(folder(), "postgres.password"))).toBe(false);
});

test("data of another major version is left alone, and both versions are named", async () => {
  const { data } = await prepare();

  await expect(prepare({ version: "17.10" })).rejects.toThrow(
    `the data in ${data} was made by PostgreSQL 15, which PostgreSQL 17.10 cannot read`,
  );
  expect(existsSync(join(data, "PG_VERSION"))).toBe(true);
});

test("somebody's files are not taken for a cluster", async () => {
  mkdirSync(join(folder(), "postgres"));
  writeFileSync(join(folder(), "postgres", "letter"), "");

  await expect(prepare()).rejects.toThrow("holds files that are not PostgreSQL's");
  expect(existsSync(join(folder(), "postgres", "letter"))).toBe(true);
});

test("a link that is there is followed, even to where nothing is yet", async () => {
  symlinkSync(join(folder(), "elsewhere"), join(folder(), "postgres"));

  const { data } = await prepare();

  expect(data).toBe(join(folder(), "elsewhere"));
  expect(existsSync(join(folder(), "elsewhere", "PG_VERSION"))).toBe(true);
});

test("a cluster is removed, and again without an error", async () => {
  await prepare();

  expect(await removeCluster(join(folder(), "postgres"))).toBeUndefined();
  await removeCluster(join(folder(), "postgres"));

  expect(readdirSync(folder())).toEqual(["bin"]);
});

test("a link to somebody's folder is removed, and the folder stays, even a cluster", async () => {
  symlinkSync(join(folder(), "elsewhere"), join(folder(), "postgres"));
  await prepare();
  writeFileSync(join(folder(), "elsewhere.password"), "not ours");

  expect(await removeCluster(join(folder(), "postgres"))).toBe(join(folder(), "elsewhere"));

  expect(readdirSync(folder()).sort()).toEqual(["bin", "elsewhere", "elsewhere.password"]);
});

const asRoot = process.getuid?.() === 0 ? test : test.skip;

asRoot("for root, data goes to the shared folder where the server's user may not enter the project", async () => {
  chmodSync(folder(), 0o755);
  mkdirSync(join(folder(), "private"), { mode: 0o700 });
  const machine = { uid: 0, passwd: () => "nobody:x:65534:65534::/:/", shared: [folder()] };
  const at = join(folder(), "private", "postgres");

  const { data, runAs } = await prepare({ machine, at });

  expect(runAs).toEqual({ uid: 65534, gid: 65534 });
  expect(data).toMatch(/\/cdktf-litellm\/postgres-[0-9a-f]{16}$/);
  expect(statSync(data)).toMatchObject({ uid: 65534, gid: 65534 });
  expect(lstatSync(at).isSymbolicLink() && readlinkSync(at)).toBe(data);
  await removeCluster(at, machine);
  expect(existsSync(data)).toBe(false);
});
