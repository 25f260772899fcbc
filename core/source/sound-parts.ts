import type * as z from "zod";
import { type MapNode, toValue } from "./node";

/** What of a file with mistakes in its form can be judged. */
export interface SoundParts {
  /** Values by the names at the top of the file, as far as their form is right; with the defaults of those that are not written. */
  readonly parts: Readonly<Record<string, unknown>>;
  /** Names of the parts whose value is not known. */
  readonly unsound: ReadonlySet<string>;
}

/**
 * The parts of a file whose form is right, so that a mistake in one does not hide what is wrong with the others. Where there is a name
 * that the schema has not, the parts that are not written are unknown too: one of them may be the one that was meant.
 */
export function soundParts(root: MapNode, schema: z.ZodObject): SoundParts {
  const written = toValue(root) as Readonly<Record<string, unknown>>;
  const names = Object.keys(schema.shape);
  const isMisspelt = Object.keys(written).some((name) => !names.includes(name));
  const parts: Record<string, unknown> = {};
  const unsound = new Set<string>();
  for (const [name, part] of Object.entries(schema.shape)) {
    const { success, data } = (part as z.ZodType).safeParse(written[name]);
    if (!success || (isMisspelt && !Object.hasOwn(written, name))) unsound.add(name);
    else if (data !== undefined) parts[name] = data;
  }
  return { parts, unsound };
}
