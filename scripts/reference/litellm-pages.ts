import type { GeneratedDocument } from "./documents";
import { apiPages } from "./litellm-api-pages";
import { range, settingsPages } from "./litellm-settings-pages";
import { page } from "./litellm-tables";

const FOLDER = "docs/reference/litellm";

/** The reference of LiteLLM's settings and interface, made from the catalogues of all versions. */
export function litellmPages(): GeneratedDocument[] {
  const pages = [...settingsPages(FOLDER), ...apiPages(FOLDER)];
  const links = pages.map(({ file, text }) => {
    const title = text.slice(2, text.indexOf("\n"));
    return `- [${title}](${file.slice(FOLDER.length + 1)})`;
  });
  const index = page(
    "LiteLLM, by version",
    `Made by \`npm run reference\` from catalogues of LiteLLM ${range()}, which are read from its released packages.`,
    `${links.join("\n")}\n`,
  );
  return [{ file: `${FOLDER}/README.md`, text: index }, ...pages];
}
