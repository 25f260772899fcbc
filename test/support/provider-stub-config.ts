import { deliveryUrl, type ProviderStub, providerUrl } from "./provider-stub";

/** The variable with the key that the stub is called with. */
export const STUB_KEY = "STUB_KEY";

interface Deployment {
  readonly model_name: string;
  readonly litellm_params: Readonly<Record<string, unknown>> & { readonly model: string };
  readonly model_info: Readonly<Record<string, unknown>> & { readonly id: string };
}

type Config = Readonly<Record<string, unknown>>;

/** Members of `litellm_params` that say how to reach a certain provider. */
const OF_THE_PROVIDER = ["api_base", "api_key", "api_version", "aws_region_name"];

/**
 * A LiteLLM configuration that reaches nothing but the stub. What changes is where deployments and webhooks are, and nothing
 * else: routing, caching, callbacks and guardrails stay as they are.
 *
 * - Each deployment gets an `api_base` of its own at the stub and the stub's key.
 * - Models of other providers than OpenAI and Anthropic become `openai/...`.
 * - `callback_settings.<name>.endpoint` becomes the stub's delivery address `<name>`.
 */
export function withStubbedProviders(config: Config, stub: ProviderStub): Config {
  const deployments = deploymentsOf(config).map((deployment) => stubbed(deployment, stub));
  const callbacks = config.callback_settings as Config | undefined;
  const settings = callbacks && { callback_settings: withEndpoints(callbacks, stub) };
  return { ...config, model_list: deployments, ...settings };
}

/** The deployments of a configuration that was checked. */
export function deploymentsOf(config: Config): readonly Deployment[] {
  return config.model_list as Deployment[];
}

function stubbed(deployment: Deployment, stub: ProviderStub): Deployment {
  const kept = Object.entries(deployment.litellm_params).filter(([name]) => !OF_THE_PROVIDER.includes(name));
  const { model } = deployment.litellm_params;
  const [provider = "", ...name] = model.split("/");
  const base = providerUrl(stub, deployment.model_info.id);
  const address =
    provider === "anthropic" ? { model, api_base: base } : { model: `openai/${name.join("/")}`, api_base: `${base}/v1` };
  return {
    ...deployment,
    litellm_params: { ...Object.fromEntries(kept), ...address, api_key: `os.environ/${STUB_KEY}` },
  };
}

function withEndpoints(settings: Config, stub: ProviderStub): Config {
  return Object.fromEntries(
    Object.entries(settings).map(([name, setting]) => [name, { ...(setting as Config), endpoint: deliveryUrl(stub, name) }]),
  );
}
