import type { RealProxy } from "./real-litellm";

/** What LiteLLM answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Who asks in all tests, and for which team: both are to be found again in logs. */
export const END_USER = "alice@example.org";
export const TAG = "engineering";

/** Talks to a proxy with its master key. */
export class Client {
  constructor(
    private readonly proxy: RealProxy,
    private readonly key: string,
  ) {}

  async get(path: string): Promise<Answer> {
    return await this.call(path, {});
  }

  async post(path: string, body: unknown): Promise<Answer> {
    const headers = { "content-type": "application/json", "x-litellm-tags": TAG };
    return await this.call(path, { method: "POST", headers, body: JSON.stringify(body) });
  }

  /** Asks a chat model, as `END_USER`. */
  async chat(model: string, options: { readonly prompt?: string; readonly stream?: boolean } = {}): Promise<Answer> {
    const { prompt = "who are you?", stream = false } = options;
    const messages = [{ role: "user", content: prompt }];
    return await this.post("/v1/chat/completions", { model, messages, user: END_USER, stream });
  }

  private async call(path: string, request: RequestInit): Promise<Answer> {
    const headers = { ...request.headers, authorization: `Bearer ${this.key}` };
    const response = await fetch(`${this.proxy.url}${path}`, { ...request, headers });
    return { status: response.status, headers: response.headers, text: await response.text() };
  }
}

/** The text of a chat completion. */
export function textOf({ text }: Answer): string | undefined {
  const { choices } = JSON.parse(text) as { choices?: { message: { content: string } }[] };
  return choices?.[0]?.message.content;
}

/** The text of a chat completion that came as a stream. */
export function streamedTextOf({ text }: Answer): string {
  const lines = text.split("\n").filter((line) => line.startsWith("data: {"));
  const chunks = lines.map((line) => JSON.parse(line.slice("data: ".length)) as { choices: { delta: { content?: string } }[] });
  return chunks.map(({ choices }) => choices[0]?.delta.content ?? "").join("");
}

/** The id of an answer, by which LiteLLM's log knows it. */
export function idOf({ text }: Answer): string {
  return (JSON.parse(text) as { id: string }).id;
}
