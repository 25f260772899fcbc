import { randomUUID } from "node:crypto";
import { renderConfig } from "../../../core/litellm";
import { RealLitellm, type RealProxy } from "../../support/real-litellm";
import { eventually } from "../../support/real-litellm-wait";

/** The name of the callback that posts events. */
const WEBHOOK = "recorder";

/** A LiteLLM with a database, a team and an ordinary key. */
export interface Stand {
  readonly litellm: RealLitellm;
  readonly proxy: RealProxy;
  /** Of the team; what the identity proxy holds. */
  readonly key: string;
  readonly teamId: string;
  readonly masterKey: string;
  close(): Promise<void>;
}

/** Starts LiteLLM with every provider and the webhook at `provider`. */
export async function startStand(provider: string): Promise<Stand> {
  const litellm = await RealLitellm.prepare("1.108.10", true);
  try {
    return await standOf(litellm, provider);
  } catch (error) {
    await litellm.close();
    throw error;
  }
}

async function standOf(litellm: RealLitellm, provider: string): Promise<Stand> {
  const masterKey = `sk-${randomUUID()}`;
  // Where pass-through routes go.
  const variables = {
    ANTHROPIC_API_BASE: provider,
    OPENAI_API_BASE: provider,
    ANTHROPIC_API_KEY: "sk-a",
    OPENAI_API_KEY: "sk-o",
  };
  const secrets = { LITELLM_MASTER_KEY: masterKey, PROVIDER_KEY: "sk-provider" };
  const proxy = await litellm.start({ name: "channels", config: config(provider), variables, secrets, database: true });
  const admin = (path: string, body: object) => ask(proxy.url + path, masterKey, body);
  const { team_id } = await admin("/team/new", { team_alias: "callers" });
  const { key } = await admin("/key/generate", { team_id, key_alias: "identity-proxy" });
  const close = async (): Promise<void> => {
    await proxy.stop();
    await litellm.close();
  };
  return { litellm, proxy, key: String(key), teamId: String(team_id), masterKey, close };
}

async function ask(url: string, key: string, body: object): Promise<Record<string, unknown>> {
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  return await eventually(`${url} answers`, 30, async () => {
    const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
    return response.ok ? ((await response.json()) as Record<string, unknown>) : undefined;
  });
}

/** A model for each kind of provider, a webhook for every event, and metrics with the end user. */
function config(provider: string): string {
  const openai = `${provider}/v1`;
  const model = (name: string, params: object, mode?: string) => ({
    model_name: name,
    litellm_params: { api_key: "os.environ/PROVIDER_KEY", ...params },
    model_info: { id: `${name}-1`, ...(mode && { mode }) },
  });
  return renderConfig({
    model_list: [
      model("oai", { model: "openai/gpt-4o", api_base: openai }),
      model("compl", { model: "text-completion-openai/gpt-3.5-turbo-instruct", api_base: openai }),
      model("ant", { model: "anthropic/claude-sonnet-4-5", api_base: provider }),
      model("emb", { model: "openai/text-embedding-3-small", api_base: openai }),
      model("stt", { model: "openai/whisper-1", api_base: openai }, "audio_transcription"),
      model("img", { model: "openai/gpt-image-1", api_base: openai }, "image_generation"),
      model("mod", { model: "openai/omni-moderation-latest", api_base: openai }),
      model("rr", { model: "cohere/rerank-v3.5", api_base: provider }, "rerank"),
      model("rt", { model: "openai/gpt-4o-realtime-preview", api_base: provider }, "realtime"),
    ],
    litellm_settings: {
      callbacks: ["prometheus", WEBHOOK],
      custom_prometheus_tags: ["engineering", "spoof-*"],
      enable_end_user_cost_tracking_prometheus_only: true,
    },
    callback_settings: {
      [WEBHOOK]: {
        callback_type: "generic_api",
        endpoint: `${provider}/hook`,
        // Without any LiteLLM takes the callback's name for a Python module.
        headers: { "x-webhook": "events" },
        event_types: ["llm_api_success", "llm_api_failure"],
      },
    },
    general_settings: { master_key: "os.environ/LITELLM_MASTER_KEY", proxy_batch_write_at: 2 },
    files_settings: [{ custom_llm_provider: "openai", api_base: openai, api_key: "os.environ/PROVIDER_KEY" }],
  });
}
