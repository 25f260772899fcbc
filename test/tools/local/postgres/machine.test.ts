import { chmodSync, mkdirSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { type Machine, mayEnter, serverUser, sharedFolder } from "../../../../tools/local/postgres/machine";
import { useFolder } from "../programs";

const folder = useFolder();
const ROOT = "root:x:0:0:root:/root:/bin/bash";
const NOBODY = "nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin";
const POSTGRES = "postgres:x:101:104:PostgreSQL administrator,,,:/var/lib/postgresql:/bin/bash";
const STRANGER = { uid: 2 ** 20, gid: 2 ** 20 };

function machine(uid: number, ...passwd: string[]): Machine {
  return { uid, passwd: () => passwd.join("\n"), shared: [] };
}

test.each([
  ["an ordinary user runs it as itself", machine(1000, ROOT, POSTGRES), undefined],
  ["root runs it as postgres", machine(0, ROOT, NOBODY, POSTGRES), { uid: 101, gid: 104 }],
  ["root runs it as nobody where there is no postgres", machine(0, ROOT, NOBODY), { uid: 65534, gid: 65534 }],
  [
    "a user whose name only begins so is another one",
    machine(0, ROOT, "postgresql:x:7:7::/:/", NOBODY),
    { uid: 65534, gid: 65534 },
  ],
])("%s", (_, where, user) => {
  expect(serverUser(where)).toEqual(user);
});

test("root on a machine without such users is told what to do", () => {
  expect(() => serverUser(machine(0, ROOT))).toThrow(
    "PostgreSQL does not run as root, and this machine has no user postgres or nobody",
  );
});

test("a user may enter a folder only where it may enter all folders above it", () => {
  const inner = join(folder(), "outer", "inner");
  mkdirSync(inner, { recursive: true });
  chmodSync(folder(), 0o755);

  expect(mayEnter(inner, STRANGER)).toBe(true);
  expect(mayEnter(join(inner, "not", "there", "yet"), STRANGER)).toBe(true);
  chmodSync(join(folder(), "outer"), 0o700);
  expect(mayEnter(inner, STRANGER)).toBe(false);
  expect(mayEnter(join(inner, "not", "there", "yet"), STRANGER)).toBe(false);
  expect(mayEnter(inner, undefined)).toBe(true);
});

test("the rights of the owner and of the group count for them", () => {
  const { uid, gid } = statSync(folder());
  chmodSync(folder(), 0o710);
  const elsewhere = STRANGER.uid;

  expect(mayEnter(folder(), { uid, gid: elsewhere })).toBe(true);
  expect(mayEnter(folder(), { uid: elsewhere, gid })).toBe(true);
  chmodSync(folder(), 0o601);
  expect(mayEnter(folder(), { uid: elsewhere, gid })).toBe(false);
});

test("a symbolic link is judged by what it leads to", () => {
  mkdirSync(join(folder(), "private"), { mode: 0o700 });
  symlinkSync(join(folder(), "private"), join(folder(), "link"));
  chmodSync(folder(), 0o755);

  expect(mayEnter(join(folder(), "link"), STRANGER)).toBe(false);
});

test("the shared folder is in the first place that can be written to, and open to all", () => {
  const shared = [join(folder(), "not there"), folder()];
  const here = { ...machine(process.getuid?.() ?? 0), shared };

  expect(sharedFolder(here)).toBe(join(folder(), "cdktf-litellm"));
  expect(sharedFolder(here)).toBe(join(folder(), "cdktf-litellm"));
  expect(statSync(join(folder(), "cdktf-litellm")).mode & 0o777).toBe(0o755);
});

test("a shared folder that others could change is refused", () => {
  const here = { ...machine(process.getuid?.() ?? 0), shared: [folder()] };
  chmodSync(sharedFolder(here), 0o777);

  expect(() => sharedFolder(here)).toThrow("can be changed by other users");
});
