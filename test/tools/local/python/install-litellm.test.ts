import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SILENT } from "../../../../tools/local/progress";
import { installLitellm, type LitellmInstallation } from "../../../../tools/local/python";
import { useFolder, writeProgram } from "../programs";

const folder = useFolder();

/** Stands for Python: makes virtual environments that hold itself and a program for uv. Every use of uv is written down. */
function writePython(uv = 'case "$1" in venv) ;; *) echo "$2" >>"$LOG" ;; esac', patch = 7): string {
  const python = join(folder(), "python3");
  const program = `#!/bin/sh
case "$1" in venv) for to; do :; done; mkdir -p "$to/bin"; cp "$PYTHON" "$to/bin/python"; echo >"$to/bin/litellm" ;; esac
${uv}`;
  writeFileSync(join(folder(), "uv"), program);
  return writeProgram(
    python,
    `if [ "$2" = venv ]; then mkdir -p "$3/bin" && cp "$0" "$3/bin/python" && cp "${folder()}/uv" "$3/bin/uv" && chmod +x "$3/bin/uv"; exit; fi
case "$2" in *sys.executable*) echo '${JSON.stringify([python, 3, 11, patch, "cpython", true])}' ;; esac`,
  );
}

function install(): Promise<LitellmInstallation> {
  const python = join(folder(), "python3");
  const environment = { PATH: `${folder()}:${process.env.PATH}`, PYTHON: python, LOG: join(folder(), "log") };
  return installLitellm({ version: "1.108.10", cache: join(folder(), "the cache"), environment, progress: SILENT });
}

function timesInstalled(): number {
  return readFileSync(join(folder(), "log"), "utf8").trim().split("\n").length;
}

test("an installation is made once and lies in a folder of its version, Python and state", async () => {
  writePython();

  const installation = await install();
  expect(await install()).toEqual(installation);

  const root = installation.folder;
  expect(root.slice(0, -12)).toBe(join(folder(), "the cache", "litellm-1.108.10-python3.11-"));
  expect(installation).toEqual({
    version: "1.108.10",
    python: join(root, "bin", "python"),
    command: join(root, "bin", "litellm"),
    sitePackages: join(root, "lib", "python3.11", "site-packages"),
    folder: root,
  });
  expect(timesInstalled()).toBe(1);
});

test("an installation from another Python leaves the first one, which gateways run from, as it is", async () => {
  writePython();
  const first = await install();
  writePython(undefined, 8);

  const second = await install();

  expect(second.folder).not.toBe(first.folder);
  expect(existsSync(join(first.folder, "cdktf-litellm-complete"))).toBe(true);
  writePython();
  expect(await install()).toEqual(first);
  expect(timesInstalled()).toBe(2);
});

test("two installations at once make one", async () => {
  writePython();

  await Promise.all([install(), install()]);

  expect(timesInstalled()).toBe(1);
});

test("an installation that was killed is made again from nothing", async () => {
  writePython();
  const { folder: root } = await install();
  rmSync(join(root, "cdktf-litellm-complete"));
  writeFileSync(join(root, "left over"), "");

  await install();

  expect(timesInstalled()).toBe(2);
  expect(existsSync(join(root, "left over"))).toBe(false);
});

test("an installation whose Python is gone is made again", async () => {
  writePython();
  const { python } = await install();
  rmSync(python);

  await install();

  expect(timesInstalled()).toBe(2);
});

test("a failing download tells uv's own words without passwords, and leaves nothing that looks complete", async () => {
  writePython('case "$1" in pip) echo "error: https://user:secret@pip.test/x: 401" >&2; exit 2 ;; esac');

  await expect(install()).rejects.toMatchObject({
    message: "cannot install LiteLLM 1.108.10",
    details: ["error: https://***@pip.test/x: 401"],
  });
  await expect(install()).rejects.toThrow("cannot install");
});

test("without a usable Python nothing is installed", async () => {
  writeProgram(join(folder(), "python3"), `echo '${JSON.stringify(["/p", 3, 9, 0, "cpython", true])}'`);

  const environment = { PATH: folder() };
  await expect(installLitellm({ version: "1.108.10", cache: folder(), environment, progress: SILENT })).rejects.toMatchObject({
    message: "no usable Python: python3 is 3.9.0, too old",
  });
});
