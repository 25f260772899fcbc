import { schemaReader } from "./schema-reader";

/** The models of a Prisma schema: the type of each field, such as `String`, `Json` or another model. */
export type Models = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** The part of Prisma's description of a schema that is read here (5.17.0). */
interface Datamodel {
  readonly models: readonly {
    readonly name: string;
    readonly fields: readonly { readonly name: string; readonly type: string }[];
  }[];
}

/**
 * The models of a schema, read by Prisma's own parser.
 * @param schema text of a `schema.prisma`
 * @throws Error when it is not a valid schema
 */
export function readModels(schema: string): Models {
  const { models }: Datamodel = JSON.parse(schemaReader().get_datamodel(JSON.stringify({ prismaSchema: schema })));
  return new Map(models.map(({ name, fields }) => [name, new Map(fields.map((field) => [field.name, field.type]))]));
}
