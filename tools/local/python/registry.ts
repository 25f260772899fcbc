import { runProgram } from "../run-program";

/** What pip calls a setting, and the variable by which uv takes the same. uv does not read pip's configuration. */
const VARIABLES: Readonly<Record<string, string>> = {
  "index-url": "UV_DEFAULT_INDEX",
  "extra-index-url": "UV_INDEX",
  "find-links": "UV_FIND_LINKS",
  "trusted-host": "UV_INSECURE_HOST",
  cert: "SSL_CERT_FILE",
};

/** pip's own order: later ones win. A section of a command, such as `install`, wins over `global`. */
const SECTIONS = ["global", "install", ":env:"];

/**
 * The user's package registry for uv, from pip's configuration: variables to add to the environment, because registry URLs
 * may hold passwords. What the user set for uv stays.
 * @param pip a Python with pip
 */
export async function registryForUv(pip: string, environment: NodeJS.ProcessEnv): Promise<Record<string, string>> {
  const { ok, stdout } = await runProgram(pip, ["-m", "pip", "config", "list"], { environment });
  return ok ? uvVariables(stdout, environment) : {};
}

/** The variables for uv from what `pip config list` prints: lines such as `global.index-url='...'`. */
export function uvVariables(listed: string, environment: NodeJS.ProcessEnv): Record<string, string> {
  const settings: Record<string, string> = {};
  for (const section of SECTIONS) Object.assign(settings, settingsOf(section, listed));
  const variables: Record<string, string> = {};
  for (const [setting, value] of Object.entries(settings)) {
    const variable = VARIABLES[setting];
    if (variable !== undefined && !environment[variable]) variables[variable] = separated(setting, value);
  }
  // Hashes say which file is meant, so that it may come from any of several indexes.
  if (variables.UV_INDEX !== undefined) variables.UV_INDEX_STRATEGY = "unsafe-best-match";
  return variables;
}

function settingsOf(section: string, listed: string): Record<string, string> {
  const lines = listed.split("\n").filter((line) => line.startsWith(`${section}.`));
  return Object.fromEntries(lines.flatMap((line) => readSetting(line.slice(section.length + 1))));
}

/** pip prints values as Python does, in single quotes unless they hold one. */
function readSetting(line: string): [string, string][] {
  const match = /^([a-z-]+)=(['"])(.*)\2$/.exec(line);
  if (match?.[1] === undefined || match[3] === undefined) return [];
  return [[match[1], match[3].replaceAll("\\n", " ").replaceAll("\\\\", "\\").trim()]];
}

/** Several values: pip separates by white space, uv's links by commas. */
function separated(setting: string, value: string): string {
  return setting === "find-links" ? value.split(/\s+/).join(",") : value;
}
