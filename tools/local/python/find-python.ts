import { runProgram } from "../run-program";

/** A Python interpreter: absolute path and version, such as 3.11.7. */
export interface Python {
  readonly python: string;
  readonly version: string;
}

/** Why there is no usable Python, and what to do about it. */
export interface NoPython {
  readonly problem: string;
  readonly repair: string;
}

/** LiteLLM's metadata asks for `>=3.10, <3.15` (1.108.10). */
const OLDEST_MINOR = 10;
const NEWEST_MINOR = 14;
const RANGE = `3.${OLDEST_MINOR} to 3.${NEWEST_MINOR}`;

/** The usual name, then newest first, but the very newest last: packages come to have builds for it late. */
const NAMES = ["python3", "python3.13", "python3.12", "python3.11", "python3.10", "python3.14"];

/** Prints what is needed to judge an interpreter. Debian and Ubuntu have `ensurepip` in a package of its own. */
const PROBE = `
import importlib.util, json, sys
venv = all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))
print(json.dumps([sys.executable, sys.version_info[0], sys.version_info[1], sys.version_info[2], sys.implementation.name, venv]))
`;

/** The Python that is used, or why none is usable. `CDKTF_LITELLM_PYTHON` names one; else those on the PATH are tried. Never throws. */
export async function findPython(environment: NodeJS.ProcessEnv): Promise<Python | NoPython> {
  const chosen = environment.CDKTF_LITELLM_PYTHON;
  const reasons: string[] = [];
  for (const name of chosen ? [chosen] : NAMES) {
    const verdict = await judge(name, environment);
    if (typeof verdict !== "string") return verdict;
    reasons.push(`${name} ${verdict}`);
  }
  const found = reasons.filter((reason) => !reason.endsWith(ABSENT));
  const problem = found.length > 0 ? `no usable Python: ${found.join(", ")}` : `no usable Python: ${reasons[0]}`;
  return { problem, repair: repairFor(problem) };
}

/** Last words of the reason why a name is passed over in silence where another reason is known. */
const ABSENT = "does not run";

async function judge(name: string, environment: NodeJS.ProcessEnv): Promise<Python | string> {
  const { ok, stdout } = await runProgram(name, ["-c", PROBE], { environment: forPython(environment) });
  if (!ok) return ABSENT;
  const [python, major, minor, patch, implementation, venv] = JSON.parse(stdout) as [
    string,
    number,
    number,
    number,
    string,
    boolean,
  ];
  const version = `${major}.${minor}.${patch}`;
  if (implementation !== "cpython") return `is ${implementation}, not CPython`;
  if (major !== 3 || minor < OLDEST_MINOR) return `is ${version}, too old`;
  if (minor > NEWEST_MINOR) return `is ${version}, too new`;
  if (!venv) return `(${version}) has no venv module`;
  return { python, version };
}

function repairFor(problem: string): string {
  if (problem.endsWith("has no venv module")) return "install it, on Debian and Ubuntu: apt-get install python3-venv";
  return `install Python ${RANGE}, or name one with CDKTF_LITELLM_PYTHON`;
}

/** Variables that would lead an interpreter to other packages than its own. */
const MISLEADING = ["PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "PIP_TARGET", "PIP_PREFIX", "PIP_USER", "VIRTUAL_ENV"];

/** The environment for an interpreter that works on its own packages only. */
export function forPython(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !MISLEADING.includes(name)));
}
