import { readFileSync } from "node:fs";
import { LocalError, type LocalStatus } from "../../tools/local";

/** What a model said, and what LiteLLM said about it. */
export interface Answer {
  readonly content: string;
  readonly litellmVersion: string;
  /** The id of the deployment that answered. */
  readonly deployment: string;
  readonly fallbacks: number;
}

/** Sends one chat completion to the gateway with its master key. */
export async function ask(gateway: LocalStatus, model: string): Promise<Answer> {
  const key = gateway.masterKeyFile ? readFileSync(gateway.masterKeyFile, "utf8").trim() : (process.env.LITELLM_MASTER_KEY ?? "");
  const response = await fetch(`${gateway.url}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ model, user: "alice@example.org", messages: [{ role: "user", content: "what is 2 + 2?" }] }),
    signal: AbortSignal.timeout(60_000),
  });
  const body = (await response.json()) as { choices?: { message?: { content?: string } }[]; error?: { message?: string } };
  const content = body.choices?.[0]?.message?.content;
  if (!response.ok || content === undefined) {
    const reason = body.error?.message?.split("\n")[0] ?? "no answer in the body";
    throw new LocalError(`${model} was not answered: ${response.status} ${reason}`, "look: npx cdktf-litellm local logs");
  }
  return {
    content,
    litellmVersion: response.headers.get("x-litellm-version") ?? "of unknown version",
    deployment: response.headers.get("x-litellm-model-id") ?? "an unknown deployment",
    fallbacks: Number(response.headers.get("x-litellm-attempted-fallbacks") ?? 0),
  };
}
