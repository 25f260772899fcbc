import { type Catalogue, type History, knownVersions, loadCatalogue } from "../../core/litellm";

/** The catalogue of a known version. */
export function catalogueOf(version: string): Catalogue {
  const catalogue = loadCatalogue(version);
  if (!catalogue) throw new Error(`there is no catalogue of LiteLLM ${version}`);
  return catalogue;
}

/** A Markdown table; no rows, no table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "None.\n";
  const lines = [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  return `${lines.join("\n")}\n`;
}

/** A page with its title, a first paragraph, and sections. */
export function page(title: string, introduction: string, ...sections: readonly string[]): string {
  return [`# ${title}\n`, `${introduction}\n`, ...sections].join("\n");
}

/** A part of a page: its heading, sentences of which some may be empty, and the rest. */
export function section(heading: string, sentences: readonly string[], rest: string): string {
  const text = sentences.filter(Boolean).join(" ");
  return [`## ${heading}`, ...(text ? [text] : []), rest].join("\n\n");
}

/** `since 1.92.2`, `until 1.104.9`; empty for a name of every version. Gaps are written out. */
export function versionRange({ since, until, versions }: History): string {
  const known = knownVersions();
  const first = known.indexOf(versions[0] ?? "");
  const gapless = versions.every((version, index) => version === known[first + index]);
  if (!gapless) return versions.join(", ");
  return [since && `since ${since}`, until && `until ${until}`].filter(Boolean).join(", ");
}

/** Code in a table cell; empty stays empty. */
export function code(text: string): string {
  return text === "" ? "" : `\`${text.replaceAll("|", "\\|").replaceAll("`", "'")}\``;
}

/** A type in the catalogue's notation, with the alternatives apart. */
export function shownType(type: string): string {
  return type.split("|").filter(Boolean).map(code).join(" or ");
}

/** A default in a cell; long lists and mappings are cut. */
export function shownDefault(value: unknown): string {
  if (value === undefined) return "";
  const text = JSON.stringify(value);
  return code(text.length > LONGEST_DEFAULT ? `${text.slice(0, LONGEST_DEFAULT)} ...` : text);
}

const LONGEST_DEFAULT = 60;

/** LiteLLM's words in a cell: no markup, no column. */
export function prose(text = ""): string {
  return text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
}
