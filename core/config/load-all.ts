import { normalize } from "node:path";
import { type Finding, found, WAIVER_RULES, waiverMalformed } from "../findings";
import { KEYS_RULES } from "../keys";
import { VERSION_RULES } from "../litellm";
import { listYamlFiles, SOURCE_RULES } from "../source";
import { AWS_RULES } from "./aws-rules";
import { IDENTITY_PROXY_RULES } from "./identity-proxy";
import { type LoadedEnvironment, loadEnvironment } from "./load";
import { ENVIRONMENT_RULES } from "./rules";

/** Several environment files, each loaded, and what is wrong between them. */
export interface LoadedEnvironments {
  readonly loaded: readonly LoadedEnvironment[];
  /** The findings of all files, and those between them. */
  readonly findings: readonly Finding[];
  /** Every file that was read, once. */
  readonly files: readonly string[];
  readonly readable: boolean;
}

/**
 * Loads every environment of a folder; a file whose name starts with `_` is a base for `extends`, not an environment.
 *
 * @param today `YYYY-MM-DD`
 */
export function loadEnvironmentFolder(folder: string, today: string): LoadedEnvironments {
  return loadEnvironments(listYamlFiles(folder), today);
}

/** Loads the files, and checks what must differ between environments. */
export function loadEnvironments(files: readonly string[], today: string): LoadedEnvironments {
  const loaded = [...new Set(files.map(normalize))].map((file) => loadEnvironment(file, today));
  return {
    loaded,
    findings: [...loaded.flatMap((one) => one.findings), ...duplicateNames(loaded)],
    files: [...new Set(loaded.flatMap((one) => one.files))],
    readable: loaded.every((one) => one.readable),
  };
}

function duplicateNames(loaded: readonly LoadedEnvironment[]): Finding[] {
  const seen = new Map<string, string>();
  return loaded.flatMap(({ environment, file }) => {
    if (!environment) return [];
    const former = seen.get(environment.name);
    seen.set(environment.name, former ?? file);
    if (former === undefined) return [];
    const message = `the name ${environment.name} is taken by ${former}`;
    const place = { file, line: 1, column: 1 };
    return [found(ENVIRONMENT_RULES.duplicateEnvironment, { place, path: "name", message, repair: "rename one of them" })];
  });
}

/** Every rule that an environment file may be found to break, LiteLLM's own settings left out. */
export const CONFIG_RULES = [
  ...Object.values(SOURCE_RULES),
  ...Object.values(ENVIRONMENT_RULES),
  ...Object.values(AWS_RULES),
  ...IDENTITY_PROXY_RULES,
  ...KEYS_RULES,
  ...VERSION_RULES,
  ...Object.values(WAIVER_RULES),
  waiverMalformed,
];
