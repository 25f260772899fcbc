import { type MapNode, toValue } from "../../../core/source";
import { type Settings, settingsSchema } from "./schema";

/**
 * The parts of a settings file whose form is right, so that a mistake in one does not hide what is wrong with the others. Of parts that
 * are not written the defaults are among them, unless there is a name that none has: it may be the one that was meant.
 */
export function soundParts(root: MapNode): Partial<Settings> {
  const written = toValue(root) as Readonly<Record<string, unknown>>;
  const { shape } = settingsSchema;
  const isMisspelt = Object.keys(written).some((name) => !Object.hasOwn(shape, name));
  const sound = Object.entries(shape).flatMap(([name, schema]) => {
    if (isMisspelt && !Object.hasOwn(written, name)) return [];
    const { success, data } = schema.safeParse(written[name]);
    return success ? [[name, data]] : [];
  });
  return Object.fromEntries(sound) as Partial<Settings>;
}
