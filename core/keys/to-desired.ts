import { normalize } from "node:path";
import type { MapNode } from "../source";
import { budgetId } from "./budget-id";
import { deliveredFile } from "./delivered-file";
import type { Delivery, Desired, DesiredKey, DesiredObject, Json, Lifetime } from "./desired";
import { endOfDay, milliseconds } from "./durations";
import { LLM_ROUTES, NO_MODELS, ROLES } from "./roles";
import type { KeyInput, KeysInput, TeamInput } from "./schema";

/** How long an old value stays valid where the file does not say. */
export const DEFAULT_OVERLAP = "14d";
/** The entry of a Kubernetes Secret where the file does not say. */
export const DEFAULT_SECRET_ENTRY = "api-key";

type Fields = Readonly<Record<string, Json>>;

/** What most keys have: one of each for all of them. */
const NO_ALIASES: Fields = {};
const DEFAULT_ROUTES: readonly Json[] = [LLM_ROUTES];

/**
 * The things that a checked keys file describes, with defaults filled in.
 *
 * @param root the file's tree, for the folder that file names are relative to
 * @param owner whose budgets they are: budgets have no metadata, so the owner is part of their id
 */
export function toDesired(input: KeysInput, root: MapNode, owner: string): Desired {
  const ofOwner = (name: string): string => budgetId(owner, name);
  const objects: DesiredObject[] = [
    ...entries(input.budgets).map(([name, budget]) => object("budget", name, ofOwner(name), { ...budgetFields(budget) })),
    ...entries(input.teams).map(([name, team]) => object("team", name, name, teamFields(name, team), team.adopt)),
    ...entries(input.users).map(([name, user]) => object("user", name, name, userFields(user), user.adopt)),
    ...entries(input.tags).map(([name, { description, budget, adopt }]) =>
      object("tag", name, name, { description: description ?? null, budget_id: budget ? ofOwner(budget) : null }, adopt),
    ),
    ...entries(input.customers).map(([name, customer]) =>
      object("customer", name, name, customerFields(customer, ofOwner(customer.budget)), customer.adopt),
    ),
  ];
  return { objects, keys: entries(input.keys).map(([name, key]) => desiredKey(name, key, root, ofOwner)) };
}

function desiredKey(name: string, key: KeyInput, root: MapNode, idOf: (name: string) => string): DesiredKey {
  const delivery = deliveryOf(key, root);
  return {
    kind: "key",
    name,
    id: name,
    fields: keyFields(key, idOf),
    adopt: key.adopt ?? false,
    owner: key.owner ?? "",
    lifetime: lifetimeOf(key),
    ...(delivery && { delivery }),
    ...(key.existing !== undefined && { existing: key.existing }),
  };
}

function keyFields(key: KeyInput, idOf: (name: string) => string): Fields {
  const role = key.role ? ROLES[key.role] : undefined;
  const models = key.models ?? (role?.withoutModels ? [NO_MODELS] : []);
  return {
    team_id: key.team_id ?? null,
    user_id: key.user_id ?? null,
    models,
    aliases: key.aliases ?? NO_ALIASES,
    ...limitFields(key),
    max_parallel_requests: key.max_parallel_requests ?? null,
    budget_id: key.budget ? idOf(key.budget) : null,
    allowed_routes: key.allowed_routes ?? role?.routes ?? DEFAULT_ROUTES,
    blocked: key.blocked ?? false,
    metadata: metadataOf(key, { owner: key.owner ?? "" }, role?.clientTags),
  };
}

function lifetimeOf(key: KeyInput): Lifetime {
  if (!key.rotate) return { kind: "fixed", expires: endOfDay(key.expires ?? "1970-01-01") };
  const { every, overlap = DEFAULT_OVERLAP } = key.rotate;
  return { kind: "rotating", every: milliseconds(every) ?? 0, overlap: milliseconds(overlap) ?? 0 };
}

/** File names become relative to the working directory. */
function deliveryOf({ deliver }: KeyInput, root: MapNode): Delivery | undefined {
  if (deliver?.kubernetes) return { kubernetes: { ...deliver.kubernetes, key: deliver.kubernetes.key ?? DEFAULT_SECRET_ENTRY } };
  if (deliver?.awsSecretsManager) {
    const { name: secret, region, field } = deliver.awsSecretsManager;
    return {
      awsSecretsManager: { name: secret, ...(region !== undefined && { region }), ...(field !== undefined && { field }) },
    };
  }
  if (deliver?.file === undefined) return undefined;
  return { file: deliveredFile(root, deliver.file), written: normalize(deliver.file) };
}

function teamFields(name: string, team: TeamInput): Fields {
  return {
    team_alias: team.team_alias ?? name,
    models: team.models ?? [],
    ...limitFields(team),
    blocked: team.blocked ?? false,
    metadata: metadataOf(team, {}),
  };
}

function userFields(user: NonNullable<KeysInput["users"]>[string]): Fields {
  return {
    user_email: user.user_email ?? null,
    user_alias: user.user_alias ?? null,
    user_role: user.user_role ?? "internal_user",
    models: user.models ?? [],
    ...limitFields(user),
    metadata: metadataOf(user, {}),
  };
}

function customerFields(customer: NonNullable<KeysInput["customers"]>[string], budget: string): Fields {
  return {
    alias: customer.alias ?? null,
    budget_id: budget,
    allowed_model_region: customer.allowed_model_region ?? null,
    default_model: customer.default_model ?? null,
    blocked: customer.blocked ?? false,
  };
}

type Limits = Pick<KeyInput, "max_budget" | "budget_duration" | "tpm_limit" | "rpm_limit">;

function limitFields({ max_budget, budget_duration, tpm_limit, rpm_limit }: Limits): Fields {
  return {
    max_budget: max_budget ?? null,
    budget_duration: budget_duration ?? null,
    tpm_limit: tpm_limit ?? null,
    rpm_limit: rpm_limit ?? null,
  };
}

function budgetFields(budget: NonNullable<KeysInput["budgets"]>[string]): Fields {
  return {
    ...limitFields(budget),
    max_parallel_requests: budget.max_parallel_requests ?? null,
    soft_budget: budget.soft_budget ?? null,
  };
}

/** `tags` go where LiteLLM keeps them; its field of the same name wants a licence (LiteLLM 1.108.10). */
function metadataOf(
  { metadata, tags, allow_client_tags }: Pick<KeyInput, "metadata" | "tags" | "allow_client_tags">,
  more: Fields,
  clientTags?: boolean,
): Readonly<Record<string, Json>> {
  const flag = allow_client_tags ?? clientTags;
  return {
    ...(metadata as Fields | undefined),
    ...more,
    ...(tags && { tags }),
    ...(flag !== undefined && { allow_client_tags: flag }),
  };
}

function object(kind: DesiredObject["kind"], name: string, id: string, fields: Fields, adopt = false): DesiredObject {
  return { kind, name, id, fields, adopt };
}

function entries<T>(record: Readonly<Record<string, T>> | undefined): [string, T][] {
  return Object.entries(record ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
}
