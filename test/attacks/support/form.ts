/** A field of a form: text, or a file. */
export type Field = string | { readonly name: string; readonly content: string };

const BOUNDARY = "bOuNdArY";

/** The content type of {@link form}. */
export const FORM_TYPE = `multipart/form-data; boundary=${BOUNDARY}`;

/** A plain multipart body. */
export function form(fields: Readonly<Record<string, Field>>): string {
  return `${Object.entries(fields)
    .map(([name, field]) => part(name, field))
    .join("")}--${BOUNDARY}--\r\n`;
}

/** A part with whatever head. */
export function rawPart(head: string, content: string): string {
  return `--${BOUNDARY}\r\n${head}\r\n\r\n${content}\r\n`;
}

function part(name: string, field: Field): string {
  const disposition = `Content-Disposition: form-data; name="${name}"`;
  if (typeof field === "string") return rawPart(disposition, field);
  return rawPart(`${disposition}; filename="${field.name}"\r\nContent-Type: application/octet-stream`, field.content);
}
