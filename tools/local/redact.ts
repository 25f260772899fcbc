/** Secret values by the name to show instead. */
export type KnownSecrets = Readonly<Record<string, string>>;

/** Shorter values would blacken ordinary words. */
const SHORTEST = 6;

/** What looks like a secret wherever it comes from: API keys, and passwords within URLs. */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/\bsk-[A-Za-z0-9_-]{12,}/g, "sk-[redacted]"],
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:)[^\s@/]+@/gi, "$1[redacted]@"],
];

/** `text` without secrets: known values, also as JSON or URLs write them, and whatever has the shape of one. */
export function redact(text: string, secrets: KnownSecrets): string {
  const known = Object.entries(secrets)
    .flatMap(([name, value]) => spellings(value).map((spelling) => [name, spelling] as const))
    .filter(([, spelling]) => spelling.length >= SHORTEST)
    .sort(([, a], [, b]) => b.length - a.length);
  const shown = known.reduce((rest, [name, spelling]) => rest.replaceAll(spelling, `[${name}]`), text);
  return SHAPES.reduce((rest, [shape, replacement]) => rest.replace(shape, replacement), shown);
}

/** A value of several lines is shown in pieces by a log, so each line is a secret too. */
function spellings(value: string): string[] {
  const lines = value.split("\n").map((line) => line.trim());
  const written = [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)];
  return [...new Set([...written, ...lines])];
}
