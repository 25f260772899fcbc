import { readdirSync } from "node:fs";
import { join } from "node:path";

/** The YAML files of a folder, sorted by name; none where the folder does not exist. Names that start with `_` or `.` are left out. */
export function listYamlFiles(folder: string): string[] {
  try {
    const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => !entry.isDirectory());
    return names
      .map((entry) => entry.name)
      .filter((name) => /^[^._].*\.ya?ml$/.test(name))
      .sort()
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}
