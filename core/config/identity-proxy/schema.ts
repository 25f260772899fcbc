import * as z from "zod";
import { identitySchema } from "./identity-schema";
import { groupName, port, seconds, secretReference, tag } from "./values";

/** Where clients reach the identity proxy on 127.0.0.1 in the local target. */
export const DEFAULT_PROXY_PORT = 4180;
/** Where the development issuer publishes its keys on 127.0.0.1. */
export const DEFAULT_ISSUER_PORT = 4181;
/** Where the identity proxy answers probes and Prometheus on 127.0.0.1. */
export const DEFAULT_OPERATIONS_PORT = 4182;

/** Classes of routes that a policy may name. A contract test holds the list against the identity proxy's own. */
export const ROUTE_CLASSES = [
  "inference",
  "chat",
  "completions",
  "embeddings",
  "responses",
  "messages",
  "generate-content",
  "images",
  "speech",
  "transcriptions",
  "moderations",
  "rerank",
  "models",
  "realtime",
  "pass-through",
  "stored-responses",
  "files",
  "batches",
] as const;

const listener = z.strictObject({
  /** Appears in metrics and in the audit line. */
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,30}$/, "not a short name of letters, digits and hyphens in lower case")
    .meta({ description: "a short name of letters, digits and hyphens in lower case" }),
  port,
  /** Who reads HTTP: Node's own parser, or the proxy's stricter and quicker one. @default node */
  front: z.enum(["node", "strict"]).optional(),
  identity: identitySchema,
});

const user = z.strictObject({
  groups: z.array(groupName).optional(),
  email: z.email("not an e-mail address").meta({ description: "an e-mail address; without it NAME@example.org" }).optional(),
});

const userName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,62}$/, "not a plain name in lower case")
  .meta({ description: "up to 63 letters in lower case, digits, dots, hyphens and underscores, the first a letter or digit" });

const development = z.strictObject({
  /** @default 4181 */
  port: port.optional(),
  users: z
    .record(userName, user)
    .meta({ description: "people of this gateway by name; `cdktf-litellm local token NAME` prints a token" })
    .refine((users) => Object.keys(users).length > 0, "name at least one user"),
});

const group = z.strictObject({
  group: groupName,
  /** @default inference */
  routes: z.array(z.enum(ROUTE_CLASSES)).min(1).optional(),
  /** Models by name; `*` stands for any text. @default every model */
  models: z.array(z.string().min(1).max(200)).min(1).optional(),
  /** Tags that LiteLLM books the request on. @default the name of the group */
  tags: z.array(tag).max(100).optional(),
});

const policy = z.strictObject({
  groups: z.array(group).optional(),
  /** What every verified caller may do. @default nothing */
  everyone: group.omit({ group: true }).optional(),
  /** What becomes of groups that are not listed. @default drop */
  unknownGroups: z.enum(["drop", "refuse"]).optional(),
});

const whole = (least: number, most: number) => z.number().int().min(least).max(most).optional();

const limits = z.strictObject({
  headerBytes: whole(4096, 1_048_576),
  bodyBytes: whole(1024, 1_073_741_824),
  uploads: whole(1, 10_000),
  connections: whole(1, 1_000_000),
  requests: whole(1, 1_000_000),
  headSeconds: seconds.optional(),
  bodyIdleSeconds: seconds.optional(),
  bodySeconds: seconds.optional(),
  keepAliveSeconds: seconds.optional(),
});

const upstream = z.strictObject({
  /** Where LiteLLM gets the identity. @default headers */
  identityIn: z.enum(["headers", "litellm_metadata", "metadata"]).optional(),
  traceContext: z.boolean().optional(),
  /** Whole paths of LiteLLM's pass-through routes that are forwarded to callers of the class `pass-through`. @default none */
  passThrough: z
    .array(
      z
        .string()
        .regex(
          /^\/(anthropic|openai)(\/[A-Za-z0-9_~:@-][A-Za-z0-9_.~:@-]*){1,9}$/,
          "not a whole path under /anthropic or /openai",
        )
        .meta({ description: "a whole path such as /anthropic/v1/messages" }),
    )
    .max(100)
    .optional(),
  maxConnections: whole(1, 65_535),
  timeouts: z
    .strictObject({
      connectSeconds: seconds.optional(),
      headersSeconds: seconds.optional(),
      idleSeconds: seconds.optional(),
      totalSeconds: seconds.optional(),
    })
    .optional(),
});

/**
 * The block `identityProxy` of an environment file: the identity proxy's settings in its own words, without what follows
 * from the environment (LiteLLM's address and version, addresses to listen on), and the development issuer.
 */
export const identityProxySchema = z.strictObject({
  development: development.optional(),
  /** @default one, named api, on port 4180, for the users of `development` */
  listeners: z.array(listener).min(1).max(20).optional(),
  policy: policy.optional(),
  /** Keys of LiteLLM for the callers of a group or, without `group`, for everybody. @default an ordinary key that `local up` makes */
  gatewayKeys: z
    .array(z.strictObject({ group: groupName.optional(), key: secretReference }))
    .min(1)
    .optional(),
  limits: limits.optional(),
  audit: z
    .strictObject({
      identity: z.enum(["hashed", "plain", "none"]).optional(),
      hashKey: secretReference.optional(),
      enabled: z.boolean().optional(),
    })
    .optional(),
  /** The port for probes and Prometheus. */
  operations: z.strictObject({ port: port.optional() }).optional(),
  upstream: upstream.optional(),
  /** @default 10 */
  drainSeconds: seconds.optional(),
  /** @default 1 */
  workers: whole(1, 64),
});

/** The block as written. */
export type IdentityProxyInput = z.infer<typeof identityProxySchema>;
