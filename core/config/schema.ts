import * as z from "zod";
import { awsSchema } from "./aws-schema";
import { bucketName, form, region } from "./forms";
import { identityProxySchema } from "./identity-proxy/schema";
import { keysBlockSchema } from "./keys-schema";

/** The LiteLLM version that is deployed where the environment names none: the one that the real tests run. */
export const DEFAULT_LITELLM_VERSION = "1.108.10";
/** Where LiteLLM listens on 127.0.0.1 in the local target. */
export const DEFAULT_LITELLM_PORT = 4000;
/** Where PostgreSQL listens on 127.0.0.1 in the local target. */
export const DEFAULT_DATABASE_PORT = 54329;

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;

const port = z.int().min(1).max(65_535).meta({ description: "a port from 1 to 65535" });
const variableName = z.string().regex(VARIABLE, "this is not a name of an environment variable");
const text = z.string().min(1);
/** A block of the contract that a later version fills; see availability.ts. */
const toCome = z.unknown().optional();

const SECRET_NAME = /^[\w/+=.@-]{1,512}$/;
const SECRET_ARN = /^arn:[\w-]+:secretsmanager:[\w-]+:\d{12}:secret:[\w/+=.@-]+$/;
const secretOnAws = z
  .string()
  .refine((value) => SECRET_NAME.test(value) || SECRET_ARN.test(value), {
    message: "this is neither a name of a secret nor the ARN of one",
  })
  .meta({ description: "name of a secret that is made empty for people to fill, or the ARN of one that exists" });

const secret = z
  .strictObject({
    env: variableName.meta({ description: "name of an environment variable of whoever deploys" }).optional(),
    file: text.meta({ description: "path of a file, relative to this one; one newline at its end is cut" }).optional(),
    kubernetes: toCome,
    awsSecretsManager: secretOnAws.optional(),
  })
  .refine((places) => Object.values(places).filter((place) => place !== undefined).length === 1, {
    message: "a secret lives in exactly one place; name one of env, file, kubernetes, awsSecretsManager",
  });

const count = z.int().min(1).max(1000);
const replicas = z
  .strictObject({ min: count, max: count })
  .refine(({ min, max }) => min <= max, { message: "min is more than max" })
  .meta({ description: "the least and the most gateways that share the load" });

const litellm = z.strictObject({
  version: z
    .string()
    .regex(/^\d+\.\d+\.\d+$/, "this is not a LiteLLM release")
    .meta({ description: `a release such as "${DEFAULT_LITELLM_VERSION}"` })
    .optional(),
  config: z
    .record(z.string(), z.unknown())
    .meta({ description: "LiteLLM's own configuration, or the path of a file that holds it" }),
  port: port.optional(),
  environment: z
    .record(variableName, z.string())
    .meta({ description: "environment variables of the gateway that are no secrets" })
    .optional(),
  providerParameters: z
    .array(text)
    .meta({ description: "names in litellm_params that are meant for the provider and unknown to LiteLLM" })
    .optional(),
  image: toCome,
  replicas: replicas.optional(),
  workers: z.int().min(1).max(64).meta({ description: "processes of a gateway's pod" }).optional(),
});

const state = z
  .strictObject({
    local: z.strictObject({}).meta({ description: "a file under .local of this checkout" }).optional(),
    s3: z
      .strictObject({
        bucket: bucketName,
        region,
        /** Default: `<environment>/<stack>.tfstate`. */
        key: form(
          /^(?!\/)(?!.*\.\.)[\w!.*'()/-]{1,512}$/,
          "a key of at most 512 letters, digits, / and signs that need no quoting",
        ).optional(),
        kmsKeyId: form(/^[\w:/-]{1,200}$/, "the id, the alias or the ARN of a KMS key").optional(),
        profile: form(/^[\w .@+-]{1,100}$/, "the name of a profile of the AWS command").optional(),
      })
      .optional(),
  })
  .refine((places) => Object.values(places).filter((place) => place !== undefined).length === 1, {
    message: "state lives in exactly one place; name one of local, s3",
  });

const waiver = z.strictObject({
  rule: text,
  at: text.optional(),
  owner: text,
  reason: text,
  until: z.iso.date("this is not a date such as 2027-01-31").meta({ description: "a date such as 2027-01-31, the last day" }),
});

/**
 * What a user may write in an environment file, after `extends` was followed and a `litellm.config` path was read.
 * The top level is contract: a test pins it.
 */
export const environmentSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,30}$/, "this is not a name of an environment")
    .meta({ description: "lower-case letters, digits and hyphens, starting with a letter, at most 31" }),
  target: z.enum(["local", "kubernetes"]),
  litellm,
  secrets: z.record(variableName, secret).optional(),
  identityProxy: identityProxySchema.optional(),
  keys: keysBlockSchema.optional(),
  database: z.strictObject({ port: port.optional() }).optional(),
  cache: toCome,
  aws: awsSchema.optional(),
  edge: toCome,
  signIn: toCome,
  observability: toCome,
  state: state.optional(),
  waivers: z.array(waiver).optional(),
});

/** An environment file's content as written, checked against {@link environmentSchema}. */
export type EnvironmentInput = z.infer<typeof environmentSchema>;
