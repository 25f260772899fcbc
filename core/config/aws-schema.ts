import { z } from "zod";

const text = z.string().min(1);
const id = (prefix: string) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}-[0-9a-f]{8,17}$`), `this is not an id such as ${prefix}-0123456789abcdef0`)
    .meta({ description: `an id such as ${prefix}-0123456789abcdef0` });
const unsafe = (description: string) => z.boolean().meta({ description }).optional();

/** An ARN of a service in a region or, where the service has none, without one. */
function arn(service: string, resource: string) {
  const pattern = new RegExp(`^arn:[\\w-]+:${service}:[\\w-]*:\\d{12}:${resource}\\S+$`);
  return z.string().regex(pattern, `this is not an ARN such as arn:aws:${service}:...:${resource}...`);
}

/** Days that CloudWatch can keep a log; it takes no other number. */
const LOG_DAYS = [30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653] as const;

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
  unsafeWithoutFinalSnapshot: unsafe("deleting the database deletes the data"),
});

const cache = z.strictObject({
  nodeType: z
    .string()
    .regex(/^cache\.[a-z0-9-]+\.[a-z0-9]+$/, "this is not a node type such as cache.t4g.small")
    .optional(),
  nodes: z.int().min(2).max(6).meta({ description: "nodes in as many zones, from 2 to 6" }).optional(),
  signIn: z
    .enum(["iam", "token"])
    .meta({ description: "iam: tokens of the gateway's role; token: an AUTH token that people set" })
    .optional(),
  unsafeSingleNode: unsafe("one node: while it is replaced, limits are not shared"),
});

const secrets = z.strictObject({
  masterKeyGeneration: z.int().min(1).meta({ description: "count it up to have another master key made" }).optional(),
  recoveryDays: z.int().min(7).max(30).optional(),
});

const KUBERNETES_NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const kubernetesName = z.string().regex(KUBERNETES_NAME, "this is not a name of a Kubernetes object");

const access = z
  .strictObject({
    cluster: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/, "this is not a name of an EKS cluster")
      .meta({ description: "name of an EKS cluster with the Pod Identity agent" })
      .optional(),
    oidcProvider: arn("iam", "oidc-provider/").meta({ description: "ARN of the cluster's IAM OIDC provider (IRSA)" }).optional(),
    namespace: kubernetesName.optional(),
    serviceAccount: kubernetesName.optional(),
  })
  .refine(({ cluster, oidcProvider }) => (cluster === undefined) !== (oidcProvider === undefined), {
    message: "a workload is known in one way; name one of cluster, oidcProvider",
  });

const bucketName = z.string().regex(/^(?!xn--)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "this is not a name of a bucket");

const audit = z.strictObject({
  bucket: bucketName.meta({ description: "name of a bucket to make for what LiteLLM logs of each request" }).optional(),
  keepDays: z
    .union(LOG_DAYS.map((days) => z.literal(days)))
    .meta({ description: `days that logs are kept: ${LOG_DAYS.join(", ")}` })
    .optional(),
});

const loadBalancer = z
  .strictObject({
    certificate: arn("acm", "certificate/"),
    webAcl: arn("wafv2", "regional/webacl/").optional(),
    accessLogBucket: bucketName.optional(),
  })
  .meta({ description: "what exists already for the load balancer in front of the gateway" });

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
