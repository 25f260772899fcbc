import * as z from "zod";
import { filePath, groupName, httpUrl, seconds, secretPlace, text } from "./values";

/** What stands behind the proxy; each has a row in the table of profiles. */
export const PROFILES = [
  "litellm",
  "portkey",
  "bifrost",
  "cloudflare",
  "vercel",
  "openrouter",
  "netbird",
  "openai-compatible",
] as const;
/** The name of a profile. */
export type ProfileName = (typeof PROFILES)[number];

const headerName = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "not a header name in lower case")
  .describe("a header name in lower case");
const memberName = z.string().min(1).max(100).describe("the name of a root member of the body");

/** Names of the fields that carry the identity, where the gateway leaves them to its operator. */
export const fieldsSchema = z.strictObject({
  /** Header that gets the caller. */
  userHeader: headerName.optional(),
  /** Header that gets the tags, joined by commas. */
  tagsHeader: headerName.optional(),
  /** Root member of the body that gets the caller. */
  userMember: memberName.optional(),
  /** Name of the caller inside a metadata header. */
  userEntry: memberName.optional(),
  /** Name of the tags inside a metadata header. */
  tagsEntry: memberName.optional(),
});

/** How long the gateway may take. */
export const timeoutsSchema = z.strictObject({
  /** Until a connection stands. @default 5 */
  connectSeconds: seconds.default(5),
  /** From the end of the request to the head of the answer: a long completion without streaming takes minutes. @default 600 */
  headersSeconds: seconds.default(600),
  /** Between two pieces of the answer. @default 300 */
  idleSeconds: seconds.default(300),
  /** For the whole answer. @default 3600 */
  totalSeconds: seconds.default(3600),
});

/** The gateway behind the proxy. */
export const upstreamSchema = z.strictObject({
  /** What the gateway is, and so how it is told who calls. */
  profile: z.enum(PROFILES),
  /** Where the gateway listens; a path is put before every route. */
  url: httpUrl,
  /** LiteLLM's version, for the profiles `litellm` and `netbird`. */
  version: z
    .string()
    .regex(/^\d+\.\d+\.\d+$/)
    .describe("a version such as 1.108.10")
    .optional(),
  /**
   * Where LiteLLM gets the identity. `headers`: in headers, and in `litellm_metadata` where a value does not fit a header.
   * `litellm_metadata`: always in the body. `metadata`: tags in `metadata.tags` too, as NetBird does; LiteLLM's tag budgets do
   * not see them there on messages, responses and batches. @default headers
   */
  identityIn: z.enum(["headers", "litellm_metadata", "metadata"]).default("headers"),
  fields: fieldsSchema.default({}),
  /**
   * Whole paths of LiteLLM's pass-through routes that are forwarded, POST with a JSON body only: `/anthropic/v1/messages`. A policy
   * must name their class, `pass-through`. Model lists and fallbacks of LiteLLM do not hold there. @default none
   */
  passThrough: z
    .array(
      z
        .string()
        .regex(/^(\/[A-Za-z0-9_~:@-][A-Za-z0-9_.~:@-]*){2,10}$/, "not a whole path")
        .describe("a whole path such as /anthropic/v1/messages"),
    )
    .max(100)
    .default([]),
  /** Whether the client's `traceparent` goes on to the gateway. @default true */
  traceContext: z.boolean().default(true),
  /** The authority that signed the gateway's certificate, where it is a private one. */
  caFile: filePath.optional(),
  /** The most connections to the gateway. @default 1024 */
  maxConnections: z.number().int().min(1).max(65_535).default(1024),
  timeouts: timeoutsSchema.prefault({}),
});

/** A key of the gateway, for the callers of one group or, without `group`, for everybody. The first that fits is used. */
export const gatewayKeySchema = z.strictObject({ group: groupName.optional(), key: secretPlace });

/** What may be used up by one client, by all of them, or by the proxy. */
export const limitsSchema = z.strictObject({
  /** The head of a request. Tokens with hundreds of groups need more than Node's 16 KiB. @default 65536 */
  headerBytes: z.number().int().min(4096).max(1_048_576).default(65_536),
  /** The body of a request. @default 33554432 (32 MiB) */
  bodyBytes: z.number().int().min(1024).max(1_073_741_824).default(33_554_432),
  /** Bodies over 64 KiB that may be on their way at once. @default 64 */
  uploads: z.number().int().min(1).max(10_000).default(64),
  /** Open connections from clients, per listener. @default 20000 */
  connections: z.number().int().min(1).max(1_000_000).default(20_000),
  /** Requests in progress that are allowed. @default 10000 */
  requests: z.number().int().min(1).max(1_000_000).default(10_000),
  /** Until the head of a request is complete. @default 10 */
  headSeconds: seconds.default(10),
  /** Between two pieces of a request's body. @default 30 */
  bodyIdleSeconds: seconds.default(30),
  /** For the whole body of a request. @default 300 */
  bodySeconds: seconds.default(300),
  /** How long an idle connection of a client is kept. @default 75 */
  keepAliveSeconds: seconds.default(75),
});

/** What one group may do and how LiteLLM is told about it. */
export const groupSchema = z.strictObject({
  group: groupName,
  /** Route classes, or `inference` for all that call a model. @default inference */
  routes: z.array(z.string().min(1)).min(1).default(["inference"]),
  /** Models by name; `*` stands for any text. @default every model */
  models: z.array(z.string().min(1).max(200)).min(1).default(["*"]),
  /** Tags that LiteLLM books the request on. @default the name of the group */
  tags: z.array(text(1000)).max(100).optional(),
});

/** Who may do what. What is not allowed is refused. */
export const policySchema = z.strictObject({
  groups: z.array(groupSchema).default([]),
  /** What every verified caller may do, whatever the groups. @default nothing */
  everyone: groupSchema.omit({ group: true }).optional(),
  /** Groups of a caller that are not listed above: `drop` ignores them, `refuse` refuses the request. @default drop */
  unknownGroups: z.enum(["drop", "refuse"]).default("drop"),
});

export type UpstreamSettings = z.output<typeof upstreamSchema>;
export type GatewayKeySettings = z.output<typeof gatewayKeySchema>;
export type LimitSettings = z.output<typeof limitsSchema>;
export type PolicySettings = z.output<typeof policySchema>;
export type FieldSettings = z.output<typeof fieldsSchema>;
