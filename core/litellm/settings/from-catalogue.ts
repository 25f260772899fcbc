import * as z from "zod";
import { type ClosedMappingOptions, closedMapping } from "../../source";
import { type Catalogue, parseType, type SectionName, type TypePart } from "../catalogue";
import { EITHER_WAY, listOf, mappingOf, number, oneOf, orEmpty, type Reading, text, toggle } from "./scalars";

/** Schemas that are written by hand, by name; they stand in for what the catalogue says. */
export type Overrides = Readonly<Record<string, z.ZodType>>;

/** Makes zod schemas of what the catalogue knows. Equal types share one schema, so a section of 1,200 names is cheap. */
export class CatalogueSchemas {
  private readonly types = new Map<string, z.ZodType>();
  private readonly models = new Map<string, z.ZodType>();

  constructor(readonly catalogue: Catalogue) {}

  /** The values of one section by name. Only declared types are believed: the code may accept more than it annotates. */
  shape(section: SectionName, reading: Reading, overrides: Overrides = {}): Record<string, z.ZodType> {
    const shape: Record<string, z.ZodType> = {};
    for (const [name, { evidence, type }] of this.catalogue.sections[section]) {
      const believed = evidence === "declared" || evidence === "overlay";
      shape[name] = this.setting(believed ? type : "", reading);
    }
    // What a release does not know stays unknown, however well its later form is described here.
    for (const [name, schema] of Object.entries(overrides)) if (Object.hasOwn(shape, name)) shape[name] = orEmpty(schema);
    return shape;
  }

  /** A nested mapping by its name in LiteLLM. A release that has no model of it takes what is written. */
  model(name: string, overrides: Overrides = {}, options: ClosedMappingOptions = {}): z.ZodType {
    const model = this.catalogue.models.get(name);
    if (!model) return mappingOf(z.unknown());
    const fields = Object.entries(model.fields).map(([field, type]) => [field, this.setting(type, EITHER_WAY)]);
    const overridden = Object.entries(overrides).map(([field, schema]) => [field, orEmpty(schema)]);
    const shape = Object.fromEntries([...fields, ...overridden]);
    return closedMapping(shape, { required: model.required, ...(model.open && { accepts: () => true }), ...options });
  }

  /** The schema of a setting of a type in the catalogue's notation; every setting may be left empty. */
  private setting(notation: string, reading: Reading): z.ZodType {
    const key = `${reading.strictText} ${reading.strictSwitch} ${notation}`;
    const known = this.types.get(key) ?? orEmpty(this.union(parseType(notation), reading));
    this.types.set(key, known);
    return known;
  }

  private union(parts: readonly TypePart[], reading: Reading): z.ZodType {
    const texts = parts.flatMap((part) => (part.kind === "text" ? [part.text] : []));
    const others = parts.filter((part) => part.kind !== "text").map((part) => this.part(part, reading));
    const schemas = texts.length > 0 ? [oneOf(texts), ...others] : others;
    const [only, ...more] = schemas;
    if (!only) return z.unknown();
    return more.length === 0 ? only : z.union(schemas);
  }

  private part(part: TypePart, reading: Reading): z.ZodType {
    switch (part.kind) {
      case "string":
        return text(reading);
      case "number":
        return number;
      case "boolean":
        return toggle(reading);
      case "text":
        return oneOf([part.text]);
      case "list":
        return listOf(part.of ? orEmpty(this.part(part.of, reading)) : z.unknown());
      case "mapping":
        return mappingOf(part.of ? orEmpty(this.part(part.of, reading)) : z.unknown());
      case "model":
        return this.lazyModel(part.name);
    }
  }

  /** Models refer to each other, some in circles. */
  private lazyModel(name: string): z.ZodType {
    if (!this.catalogue.models.has(name)) return mappingOf(z.unknown());
    return z.lazy(() => {
      const known = this.models.get(name) ?? this.model(name);
      this.models.set(name, known);
      return known;
    });
  }
}
