import { bedrockUse } from "../../../core/litellm";

const HOME = "eu-central-1";

function use(...params: Record<string, unknown>[]) {
  return bedrockUse({ model_list: params.map((litellm_params) => ({ model_name: "m", litellm_params })) }, HOME);
}

const PROFILE_ARN = "arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.amazon.nova-pro-v1:0";
const APPLICATION_ARN = "arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc123";
const PROVISIONED_ARN = "arn:aws:bedrock:us-east-1:111122223333:provisioned-model/xyz";

test.each([
  [
    "a model of the home region",
    { model: "bedrock/amazon.titan-embed-text-v2:0" },
    { id: "amazon.titan-embed-text-v2:0", region: HOME },
  ],
  [
    "a model of another region",
    { model: "bedrock/amazon.nova-lite-v1:0", aws_region_name: "us-east-1" },
    { id: "amazon.nova-lite-v1:0", region: "us-east-1" },
  ],
  [
    "a region in the path",
    { model: "bedrock/us-west-2/mistral.mixtral-8x7b-instruct-v0:1" },
    { id: "mistral.mixtral-8x7b-instruct-v0:1", region: "us-west-2" },
  ],
  [
    "a route before the model",
    { model: "bedrock/converse/amazon.nova-lite-v1:0" },
    { id: "amazon.nova-lite-v1:0", region: HOME },
  ],
  ["two routes before the model", { model: "bedrock/invoke/llama/meta.llama3-8b" }, { id: "meta.llama3-8b", region: HOME }],
  [
    "a provider named apart",
    { model: "amazon.nova-lite-v1:0", custom_llm_provider: "bedrock" },
    { id: "amazon.nova-lite-v1:0", region: HOME },
  ],
  [
    "a profile of a part of the world",
    { model: "bedrock/eu.anthropic.claude-sonnet-4-5-20250929-v1:0" },
    { id: "eu.anthropic.claude-sonnet-4-5-20250929-v1:0", region: HOME, behind: "anthropic.claude-sonnet-4-5-20250929-v1:0" },
  ],
  [
    "a global profile",
    { model: "bedrock/global.amazon.nova-2-lite-v1:0" },
    { id: "global.amazon.nova-2-lite-v1:0", region: HOME, behind: "amazon.nova-2-lite-v1:0" },
  ],
  [
    "a profile's ARN",
    { model: `bedrock/${PROFILE_ARN}` },
    { id: PROFILE_ARN, region: "us-east-1", behind: "amazon.nova-pro-v1:0" },
  ],
  [
    "an application's profile",
    { model: `bedrock/converse/${APPLICATION_ARN}` },
    { id: APPLICATION_ARN, region: "us-east-1", behind: "*" },
  ],
  [
    "a model id that replaces the name",
    { model: "bedrock/anthropic.claude-3", model_id: PROVISIONED_ARN },
    { id: PROVISIONED_ARN, region: "us-east-1" },
  ],
])("%s", (_name, params, model) => {
  expect(use(params)).toEqual({ models: [model], roles: [], unclear: [] });
});

test.each([
  ["a wildcard", { model: "bedrock/*" }],
  ["an agent", { model: "bedrock/agent/L1RT58GYRW/MFPSBCXYTW" }],
  ["a service that is not the models' runtime", { model: "bedrock/mantle/openai.gpt-5.5" }],
  ["a region that only the gateway knows", { model: "bedrock/amazon.nova-lite-v1:0", aws_region_name: "os.environ/REGION" }],
  ["an ARN with a wildcard", { model: "bedrock/arn:aws:bedrock:us-east-1:111122223333:inference-profile/*" }],
])("%s gives no permission, and says so", (_name, params) => {
  expect(use(params)).toEqual({ models: [], roles: [], unclear: [0] });
});

test("deployments with credentials of their own need nothing of the role", () => {
  const model = "bedrock/amazon.nova-lite-v1:0";

  expect(
    use({ model, aws_access_key_id: "os.environ/KEY" }, { model, api_key: "os.environ/TOKEN" }, { model: "openai/gpt-4o" }),
  ).toEqual({
    models: [],
    roles: [],
    unclear: [],
  });
});

test("a deployment that takes on a role needs that role and not the model", () => {
  const role = "arn:aws:iam::444455556666:role/bedrock";

  expect(use({ model: "bedrock/amazon.nova-lite-v1:0", aws_role_name: role })).toEqual({
    models: [],
    roles: [role],
    unclear: [],
  });
});

test("the same model twice is one permission, in an order of its own", () => {
  const [first, second] = [{ model: "bedrock/b.model" }, { model: "bedrock/a.model" }];

  expect(use(first, second, first)).toEqual(use(second, first));
  expect(use(first, second, first).models.map(({ id }) => id)).toEqual(["a.model", "b.model"]);
});

test("what is no list of models has none", () => {
  expect(bedrockUse({}, HOME).models).toEqual([]);
  expect(bedrockUse({ model_list: [null, "x", { litellm_params: null }] }, HOME).models).toEqual([]);
});
