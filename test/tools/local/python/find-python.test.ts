import { join } from "node:path";
import { findPython } from "../../../../tools/local/python";
import { useFolder, writeProgram } from "../programs";

const folder = useFolder();

/** A program that answers as an interpreter of this version does. */
function interpreter(name: string, version: readonly number[], implementation = "cpython", venv = true): string {
  const file = join(folder(), name);
  return writeProgram(file, `echo '${JSON.stringify([file, ...version, implementation, venv])}'`);
}

test("the first usable Python of the PATH is taken", async () => {
  interpreter("python3", [3, 9, 18]);
  const python = interpreter("python3.12", [3, 12, 1]);
  interpreter("python3.11", [3, 11, 7]);

  expect(await findPython({ PATH: folder() })).toEqual({ python, version: "3.12.1" });
});

test("a Python that the user names is taken before those of the PATH", async () => {
  interpreter("python3", [3, 11, 7]);
  const python = interpreter("mine", [3, 13, 0]);

  expect(await findPython({ PATH: folder(), CDKTF_LITELLM_PYTHON: python })).toEqual({ python, version: "3.13.0" });
});

test.each([
  ["too old", [3, 9, 18], "cpython", true, "no usable Python: python3 is 3.9.18, too old"],
  ["too new", [3, 15, 0], "cpython", true, "no usable Python: python3 is 3.15.0, too new"],
  ["another implementation", [3, 11, 0], "pypy", true, "no usable Python: python3 is pypy, not CPython"],
  ["without venv", [3, 11, 2], "cpython", false, "no usable Python: python3 (3.11.2) has no venv module"],
])("%s is not usable", async (_, version, implementation, venv, problem) => {
  interpreter("python3", version, implementation, venv);

  expect(await findPython({ PATH: folder() })).toMatchObject({ problem });
});

test("where Python lacks venv, the repair names the package to install", async () => {
  interpreter("python3", [3, 11, 2], "cpython", false);

  expect(await findPython({ PATH: folder() })).toMatchObject({ repair: expect.stringContaining("python3-venv") });
});

test("without any Python the repair names the versions", async () => {
  expect(await findPython({ PATH: folder() })).toEqual({
    problem: "no usable Python: python3 does not run",
    repair: "install Python 3.10 to 3.14, or name one with CDKTF_LITELLM_PYTHON",
  });
});

test("a Python of another environment does not leak in", async () => {
  const file = join(folder(), "python3");
  const answer = JSON.stringify([file, 3, 11, 7, "cpython", true]);
  writeProgram(file, `[ -z "$PYTHONHOME$PYTHONPATH$VIRTUAL_ENV" ] && echo '${answer}'`);

  const environment = { PATH: folder(), PYTHONHOME: "/a", PYTHONPATH: "/b", VIRTUAL_ENV: "/c" };
  expect(await findPython(environment)).toEqual({ python: file, version: "3.11.7" });
});
