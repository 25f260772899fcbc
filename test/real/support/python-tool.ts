import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { cacheFolder } from "../../../tools/local";

/** A program that comes as a Python package. */
export interface PythonTool {
  /** Name of the package, which is also the module that knows its version. */
  readonly name: string;
  readonly version: string;
  /** What pip is to install in place of the package alone, such as `moto[server]`. @default the package */
  readonly extras?: string;
  /** The command that it brings. */
  readonly program: string;
}

/** Where a tool's command is, or why it cannot be had. */
export type FoundTool = { readonly command: string; readonly python: string } | { readonly reason: string };

/** The tool of exactly this version: from the machine, else from the cache of downloads, else installed there by pip. */
export function pythonTool(tool: PythonTool): FoundTool {
  const onMachine = { command: tool.program, python: "python3" };
  if (isOnPath(tool.program) && versionOf(onMachine.python, tool) === tool.version) return onMachine;
  const folder = join(cacheFolder(process.env), "judges", `${tool.name}-${tool.version}`);
  const installed = { command: join(folder, "bin", tool.program), python: join(folder, "bin", "python3") };
  if (existsSync(installed.command)) return installed;
  return install(tool, folder) ? installed : { reason: `${tool.name} ${tool.version} can be neither found nor installed here` };
}

function isOnPath(program: string): boolean {
  return (process.env.PATH ?? "").split(delimiter).some((folder) => existsSync(join(folder, program)));
}

function versionOf(python: string, { name }: PythonTool): string {
  const code = "import importlib.metadata, sys; print(importlib.metadata.version(sys.argv[1]))";
  return spawnSync(python, ["-c", code, name], { encoding: "utf8" }).stdout?.trim() ?? "";
}

/** A virtual environment knows its own path, so it is made in place; one that is half-made is not left behind. */
function install({ name, version, extras }: PythonTool, folder: string): boolean {
  const requirement = `${extras ?? name}==${version}`;
  process.stderr.write(`installing ${requirement} into the cache\n`);
  mkdirSync(join(folder, ".."), { recursive: true });
  const made = spawnSync("python3", ["-m", "venv", folder], { stdio: "ignore" }).status === 0;
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", requirement];
  if (made && spawnSync(join(folder, "bin", "python3"), pip, { stdio: "ignore" }).status === 0) return true;
  if (existsSync(folder)) {
    renameSync(folder, `${folder}.broken`);
    rmSync(`${folder}.broken`, { recursive: true, force: true });
  }
  return false;
}
