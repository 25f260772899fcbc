import { z } from "zod";

const text = z.string().min(1);
const id = (prefix: string) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}-[0-9a-f]{8,17}$`), `this is not an id such as ${prefix}-0123456789abcdef0`)
    .meta({ description: `an id such as ${prefix}-0123456789abcdef0` });
const unsafe = (description: string) => z.boolean().meta({ description }).optional();

const network = z.strictObject({
  vpc: id("vpc"),
  subnets: z.array(id("subnet")).min(2).meta({ description: "private subnets in two zones at least" }),
  clients: z
    .array(id("sg"))
    .min(1)
    .meta({ description: "security groups of the cluster's nodes or pods: they alone may connect" }),
});

const database = z.strictObject({
  engine: z.enum(["postgres", "aurora-postgresql"]).optional(),
  version: z
    .string()
    .regex(/^\d{2}$/, 'this is not a major version such as "17"')
    .optional(),
  instanceClass: z
    .string()
    .regex(/^db\.[a-z0-9-]+\.[a-z0-9]+$/, "this is not an instance class such as db.m7g.large")
    .optional(),
  storageGb: z.int().min(20).max(65_536).optional(),
  maxStorageGb: z.int().min(20).max(65_536).optional(),
  backupDays: z.int().min(1).max(35).optional(),
  unsafeSingleZone: unsafe("one zone: its failure stops the database"),
  unsafeWithoutDeletionProtection: unsafe("anyone who may call AWS can delete the database, and so can terraform destroy"),
  unsafeWithoutFinalSnapshot: unsafe("deleting the database deletes the data"),
});

/** The block `aws` of an environment file: what holds the gateway's data, and who may reach it. */
export const awsSchema = z.strictObject({
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "this is not a region such as eu-central-1"),
  account: z
    .string()
    .regex(/^\d{12}$/, "this is not an account id of 12 digits")
    .meta({ description: "the only account that may be deployed to; in quotes" })
    .optional(),
  class: z
    .enum(["dev", "staging", "production"])
    .meta({ description: "sizes, backups and redundancy; production unless it says otherwise" })
    .optional(),
  network,
  tags: z.record(text, z.string()).optional(),
  database: database.optional(),
});

/** The block `aws` as written. */
export type AwsInput = z.infer<typeof awsSchema>;
