import * as z from "zod";
import { bucketName, form, region } from "./forms";

const id = (prefix: string) => form(new RegExp(`^${prefix}-[0-9a-f]{8,17}$`), `an id such as ${prefix}-0123456789abcdef0`);
/** An ARN of a service, in a region or, where the service has none, without one. */
const arn = (service: string, resource: string) =>
  form(
    new RegExp(`^arn:[\\w-]+:${service}:[\\w-]*:\\d{12}:${resource}[\\w+=,.@:/-]+$`),
    `an ARN such as arn:aws:${service}:...:111122223333:${resource}...`,
  );
const unsafe = (description: string) => z.boolean().meta({ description }).optional();
const choice = <const T extends readonly string[]>(names: T, description: string) => z.enum(names).meta({ description });

/** Days that CloudWatch can keep a log; it takes no other number. */
const LOG_DAYS = [30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653] as const;

const allDiffer = (ids: readonly string[]): boolean => new Set(ids).size === ids.length;

const network = z.strictObject({
  vpc: id("vpc"),
  subnets: z
    .array(id("subnet"))
    .min(2, "the database and the cache need subnets in two zones")
    .refine(allDiffer, "a subnet stands here twice: the database and the cache need subnets in two zones"),
  clients: z
    .array(id("sg"))
    .min(1, "nobody could connect: name the security groups of the cluster's nodes or pods")
    .refine(allDiffer, "a security group stands here twice"),
});

const gibibytes = z.int().min(20).max(65_536).meta({ description: "GiB, from 20 to 65536" });

const database = z
  .strictObject({
    engine: z.enum(["postgres", "aurora-postgresql"]).optional(),
    version: form(/^\d{2}$/, 'a major version in quotes, such as "17"').optional(),
    instanceClass: form(/^db\.[a-z0-9-]+\.[a-z0-9]+$/, "an instance class such as db.m7g.large").optional(),
    storageGb: gibibytes.optional(),
    maxStorageGb: gibibytes.optional(),
    backupDays: z.int().min(1).max(35).meta({ description: "days from 1 to 35" }).optional(),
    unsafeSingleZone: unsafe("one zone: its failure stops the database"),
    unsafeWithoutFinalSnapshot: unsafe("deleting the database deletes the data"),
  })
  .refine(({ storageGb = 0, maxStorageGb = Number.POSITIVE_INFINITY }) => storageGb <= maxStorageGb, {
    message: "storageGb is more than maxStorageGb",
  })
  .meta({ description: "PostgreSQL on RDS, or Aurora" });

const cache = z
  .strictObject({
    nodeType: form(/^cache\.[a-z0-9-]+\.[a-z0-9]+$/, "a node type such as cache.t4g.small").optional(),
    nodes: z.int().min(2).max(6).meta({ description: "nodes in as many zones, from 2 to 6" }).optional(),
    signIn: choice(["iam", "token"], "iam (tokens of the gateway's role) or token (an AUTH token that people set)").optional(),
    unsafeSingleNode: unsafe("one node: while it is replaced, limits are not shared"),
  })
  .meta({ description: "Valkey on ElastiCache, for what gateways share" });

const secrets = z.strictObject({
  masterKeyGeneration: z.int().min(1).meta({ description: "counted up, another master key is made" }).optional(),
  recoveryDays: z.int().min(7).max(30).meta({ description: "days from 7 to 30" }).optional(),
});

const kubernetesName = form(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, "a name of a Kubernetes object");

const access = z
  .strictObject({
    cluster: form(/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/, "the name of an EKS cluster with the Pod Identity agent").optional(),
    oidcProvider: arn("iam", "oidc-provider/").optional(),
    namespace: kubernetesName.optional(),
    serviceAccount: kubernetesName.optional(),
  })
  .refine(({ cluster, oidcProvider }) => (cluster === undefined) !== (oidcProvider === undefined), {
    message: "a workload is known in one way; name one of cluster, oidcProvider",
  })
  .meta({ description: "the workload that the gateway's role is for" });

const audit = z.strictObject({
  bucket: bucketName.optional(),
  keepDays: z
    .union(LOG_DAYS.map((days) => z.literal(days)))
    .meta({ description: `days that CloudWatch can keep a log: ${LOG_DAYS.join(", ")}` })
    .optional(),
});

const loadBalancer = z
  .strictObject({
    certificate: arn("acm", "certificate/"),
    webAcl: arn("wafv2", "regional/webacl/").optional(),
    accessLogBucket: bucketName.optional(),
  })
  .meta({ description: "what exists already for the load balancer in front of the gateway" });

/** What AWS takes in tags, and nothing that Terraform would take for an expression. */
const TAG_TEXT = "letters, digits, spaces and _ . : / = + - @";
const tags = z.record(
  form(/^(?!aws:)[\p{L}\p{N} _.:/=+@-]{1,128}$/iu, `a tag's name of at most 128 ${TAG_TEXT}, not beginning with aws:`),
  form(/^[\p{L}\p{N} _.:/=+@-]{0,256}$/u, `at most 256 ${TAG_TEXT}`),
);

/** The block `aws` of an environment file: what holds the gateway's data, and who may reach it. */
export const awsSchema = z.strictObject({
  region,
  account: form(/^\d{12}$/, "the 12 digits of the only account that may be deployed to, in quotes").optional(),
  class: choice(["dev", "staging", "production"], "dev, staging or production, which it is where nothing is said").optional(),
  network,
  tags: tags.optional(),
  unsafeWithoutDeletionProtection: unsafe(
    "anyone who may call AWS can delete what holds data, and so can terraform destroy; the first step of a teardown",
  ),
  database: database.optional(),
  cache: cache.optional(),
  secrets: secrets.optional(),
  access: access.optional(),
  audit: audit.optional(),
  loadBalancer: loadBalancer.optional(),
});

/** The block `aws` as written. */
export type AwsInput = z.infer<typeof awsSchema>;
