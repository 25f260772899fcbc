/** One alternative of a type in the catalogue's notation. */
export type TypePart =
  | { readonly kind: "string" | "number" | "boolean" }
  | { readonly kind: "list" | "mapping"; readonly of?: TypePart }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "model"; readonly name: string };

/**
 * Parses the catalogue's notation of types: `string`, `number`, `boolean`, `list`, `list<T>`, `mapping`, `mapping<T>`,
 * `'text'`, `@Model`, joined by `|`. The empty text is no alternative at all: nothing is known.
 *
 * @throws Error on any other text: the catalogue is broken.
 */
export function parseType(notation: string): TypePart[] {
  if (notation === "") return [];
  // No enumerated text holds a bar, so there is nothing to escape.
  return notation.split("|").map(parsePart);
}

function parsePart(part: string): TypePart {
  if (part === "string" || part === "number" || part === "boolean" || part === "list" || part === "mapping")
    return { kind: part };
  if (part.startsWith("'") && part.endsWith("'")) return { kind: "text", text: part.slice(1, -1) };
  if (part.startsWith("@")) return { kind: "model", name: part.slice(1) };
  const nested = /^(list|mapping)<(.+)>$/.exec(part);
  if (nested?.[1] && nested[2]) return { kind: nested[1] as "list" | "mapping", of: parsePart(nested[2]) };
  throw new Error(`catalogue: no such type: ${part}`);
}
