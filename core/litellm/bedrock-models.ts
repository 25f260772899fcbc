/** A Bedrock model that a deployment calls, by itself or through an inference profile. */
export interface BedrockModel {
  /** The id of a model or of a profile as AWS knows it, or an ARN. */
  readonly id: string;
  readonly region: string;
  /** Of a profile: the id of the model that it stands for, `*` where its ARN does not say. @default it is no profile */
  readonly behind?: string;
}

/** What deployments of Amazon Bedrock need of AWS. */
export interface BedrockUse {
  readonly models: readonly BedrockModel[];
  /** Roles that deployments take on before they call. */
  readonly roles: readonly string[];
  /** Indices in `model_list` whose model or role cannot be told, so that no permission can be derived. */
  readonly unclear: readonly number[];
}

/** Names before the model that only choose how LiteLLM calls it (litellm/llms/bedrock/common_utils.py, LiteLLM 1.108.10). */
const ROUTES =
  /^(?:converse|converse_like|invoke|async_invoke|chat_completions|openai|llama|deepseek_r1|qwen2|qwen3|stability|moonshot|nova|nova-2)\//;
/** Routes to other services than a model's runtime. */
const OTHER_SERVICES = /^(?:agent|agentcore|mantle|claude_platform)\//;
/** Where a cross-region inference profile may send requests; it stands before the model's provider. */
const PROFILE = /^(?:global|us|eu|apac|jp|au|us-gov)\./;
const REGION_PATH = /^([a-z]{2}(?:-[a-z]+)+-\d)\/(.+)$/;
const ARN = /^arn:[\w-]+:bedrock:([\w-]*):[\w+=,.@:/-]+$/;
const ROLE_ARN = /^arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/;
const REGION = /^[a-z]{2}(?:-[a-z]+)+-\d$/;
/** Parameters with which a deployment brings credentials of its own. */
const OWN_CREDENTIALS = ["aws_access_key_id", "aws_profile_name", "api_key", "litellm_credential_name"];

/**
 * The Bedrock models that a configuration calls with the gateway's own role.
 *
 * @param config LiteLLM's configuration as plain values
 * @param region where deployments go that name none
 */
export function bedrockUse(config: Readonly<Record<string, unknown>>, region: string): BedrockUse {
  const list = Array.isArray(config.model_list) ? config.model_list : [];
  const deployments = list.map((item, index) => ({ index, params: paramsOf(item) })).filter(({ params }) => isBedrock(params));
  const taken = deployments.flatMap(({ index, params }) => ({ index, role: textOf(params, "aws_role_name") ?? "" }));
  const roles = taken.filter(({ role }) => ROLE_ARN.test(role)).map(({ role }) => role);
  const otherRoles = taken.filter(({ role }) => role !== "" && !ROLE_ARN.test(role)).map(({ index }) => index);
  const own = deployments.filter(({ params }) => !usesOwnCredentials(params));
  const named = own.map(({ index, params }) => ({ index, model: modelOf(params, region) }));
  return {
    models: unique(named.flatMap(({ model }) => model ?? [])),
    roles: [...new Set(roles)].sort(),
    unclear: [...otherRoles, ...named.filter(({ model }) => model === undefined).map(({ index }) => index)].sort((a, b) => a - b),
  };
}

type Params = Readonly<Record<string, unknown>>;

function paramsOf(item: unknown): Params {
  const params = typeof item === "object" && item !== null && "litellm_params" in item ? item.litellm_params : undefined;
  return typeof params === "object" && params !== null ? { ...params } : {};
}

function isBedrock(params: Params): boolean {
  return params.custom_llm_provider === "bedrock" || textOf(params, "model")?.startsWith("bedrock/") === true;
}

function usesOwnCredentials(params: Params): boolean {
  return params.aws_role_name !== undefined || OWN_CREDENTIALS.some((name) => params[name] !== undefined);
}

function modelOf(params: Params, defaultRegion: string): BedrockModel | undefined {
  const written = textOf(params, "model")?.replace(/^bedrock\//, "") ?? "";
  if (OTHER_SERVICES.test(written)) return undefined;
  const id = textOf(params, "model_id") ?? withoutRoutes(written);
  const arn = ARN.exec(id);
  if (arn) return { id, region: arn[1] ?? defaultRegion, ...behindArn(id) };
  const [, pathRegion, inRegion] = REGION_PATH.exec(id) ?? [];
  const name = inRegion ?? id;
  const region = textOf(params, "aws_region_name") ?? pathRegion ?? defaultRegion;
  if (!/^[\w.:-]+$/.test(name) || !REGION.test(region)) return undefined;
  return { id: name, region, ...(PROFILE.test(name) && { behind: name.replace(PROFILE, "") }) };
}

/** AWS names its own profiles after the model; the id of an application's profile says nothing. */
function behindArn(arn: string): { behind?: string } {
  if (arn.includes(":application-inference-profile/")) return { behind: "*" };
  const profile = /:inference-profile\/(.+)$/.exec(arn)?.[1];
  return profile === undefined ? {} : { behind: profile.replace(PROFILE, "") };
}

function withoutRoutes(model: string): string {
  let rest = model;
  while (ROUTES.test(rest)) rest = rest.replace(ROUTES, "");
  return rest;
}

function textOf(params: Params, name: string): string | undefined {
  const value = params[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

function unique(models: readonly BedrockModel[]): BedrockModel[] {
  const byName = new Map(models.map((model) => [`${model.region} ${model.id}`, model]));
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, model]) => model);
}
