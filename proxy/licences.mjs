import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const { resolve } = createRequire(import.meta.url);

/** A comment with the licences of bundled packages: what others wrote may be handed on with its licence only. */
export function licencesOf(names) {
  const licences = names.map((name) => {
    const folder = dirname(resolve(`${name}/package.json`));
    const file = readdirSync(folder).find((file) => file.startsWith("LICENSE"));
    return `${name}\n\n${readFileSync(join(folder, file), "utf8").trim()}`;
  });
  return `/*\n${licences.join("\n\n")}\n*/`;
}
