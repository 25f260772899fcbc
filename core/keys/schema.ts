import * as z from "zod";
import { lengthOfTime } from "./durations";

const text = z.string().min(1).max(500);
const amount = z.number().min(0).meta({ description: "US dollars, 0 or more" });
const count = z.int().min(1);
const names = z.array(text);
const json: z.ZodType<unknown> = z.unknown();
const metadata = z
  .record(z.string(), json)
  .meta({ description: "any JSON; true stays true and 1 stays 1 on their way to the gateway" });

const length = (what: string) => lengthOfTime.meta({ description: `${what}: a number and s, m, h, d or w, such as 90d` });

/** What LiteLLM limits, in its own words (`GenerateKeyRequest` and `NewTeamRequest`, LiteLLM 1.108.10). */
const limits = {
  max_budget: amount.optional(),
  budget_duration: text.meta({ description: "how often the spend starts again at 0, such as 30d or 24h" }).optional(),
  tpm_limit: count.meta({ description: "a whole number of tokens a minute" }).optional(),
  rpm_limit: count.meta({ description: "a whole number of requests a minute" }).optional(),
};
const parallel = { max_parallel_requests: count.optional() };
const soft = { soft_budget: amount.meta({ description: "US dollars at which LiteLLM sends an alert" }).optional() };
const adopt = z.boolean().meta({ description: "take over one that is there already and belongs to nobody" }).optional();

const budget = z.strictObject({ ...limits, ...parallel, ...soft });

const team = z.strictObject({
  team_alias: text.optional(),
  models: names.optional(),
  ...limits,
  tags: names.meta({ description: "put on every request of the team" }).optional(),
  allow_client_tags: z.boolean().optional(),
  blocked: z.boolean().optional(),
  metadata: metadata.optional(),
  adopt,
});

const user = z.strictObject({
  user_email: z.email().optional(),
  user_alias: text.optional(),
  user_role: z.enum(["proxy_admin", "proxy_admin_viewer", "internal_user", "internal_user_viewer"]).optional(),
  models: names.optional(),
  ...limits,
  metadata: metadata.optional(),
  adopt,
});

const tag = z.strictObject({
  description: text.optional(),
  budget: text.meta({ description: "a name under budgets" }).optional(),
  adopt,
});

const customer = z.strictObject({
  alias: text.optional(),
  budget: text.meta({ description: "a name under budgets" }),
  allowed_model_region: z.enum(["eu", "us"]).optional(),
  default_model: text.optional(),
  blocked: z.boolean().optional(),
  adopt,
});

const kubernetesName = z.string().regex(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/, "this is not a name in Kubernetes");
const places = {
  kubernetes: z
    .strictObject({
      namespace: z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, "this is not a namespace"),
      name: kubernetesName,
      key: z
        .string()
        .regex(/^[-._a-zA-Z0-9]{1,253}$/, "this is not a name of an entry of a Secret")
        .meta({ description: "entry of the Secret" })
        .optional(),
    })
    .optional(),
  awsSecretsManager: z
    .strictObject({
      name: text,
      region: text.optional(),
      field: text.meta({ description: "name in a JSON object; without it the secret is the value" }).optional(),
    })
    .optional(),
  file: text.meta({ description: "path of a file, relative to this one; mode 0600" }).optional(),
};
const deliver = z
  .strictObject(places)
  .refine((given) => Object.values(given).filter((place) => place !== undefined).length === 1, {
    message: "a value goes to exactly one place; name one of kubernetes, awsSecretsManager, file",
  });

const key = z.strictObject({
  owner: text.meta({ description: "the person or group that answers for the key" }).optional(),
  team_id: text.meta({ description: "a name under teams" }).optional(),
  user_id: text.meta({ description: "a name under users" }).optional(),
  role: z
    .enum(["metrics", "health", "provisioning", "identity-proxy", "netbird"])
    .meta({ description: "a service whose rights are built in" })
    .optional(),
  models: names.optional(),
  aliases: z.record(text, text).meta({ description: "names for models that only this key has" }).optional(),
  ...limits,
  ...parallel,
  budget: text.meta({ description: "a name under budgets, whose limits this key has too" }).optional(),
  expires: z.iso
    .date("this is not a date such as 2027-01-31")
    .meta({ description: "a date such as 2027-01-31, the last day" })
    .optional(),
  rotate: z
    .strictObject({
      every: length("the age at which the key gets a new value"),
      overlap: length("how long the old value stays valid after the new one was delivered").optional(),
    })
    .optional(),
  allowed_routes: names.meta({ description: "paths, or LiteLLM's own lists such as llm_api_routes" }).optional(),
  allow_client_tags: z.boolean().optional(),
  tags: names.meta({ description: "put on every request of the key" }).optional(),
  metadata: metadata.optional(),
  blocked: z.boolean().optional(),
  deliver: deliver.optional(),
  existing: z
    .string()
    .regex(/^[0-9a-f]{64}$/, "this is not a SHA-256 in hex")
    .meta({ description: "SHA-256 (hex) of a value that exists already and stays as it is" })
    .optional(),
  adopt,
});

/** What a user may write in a keys file (`*.keys.yaml`). */
export const keysSchema = z.strictObject({
  budgets: z.record(z.string(), budget).optional(),
  teams: z.record(z.string(), team).optional(),
  users: z.record(z.string(), user).optional(),
  tags: z.record(z.string(), tag).optional(),
  customers: z.record(z.string(), customer).optional(),
  keys: z.record(z.string(), key).optional(),
});

/** A keys file's content as written, checked against {@link keysSchema}. */
export type KeysInput = z.infer<typeof keysSchema>;
export type KeyInput = NonNullable<KeysInput["keys"]>[string];
export type TeamInput = NonNullable<KeysInput["teams"]>[string];
