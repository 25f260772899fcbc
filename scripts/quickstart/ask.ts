import { LocalError } from "../../tools/local";
import type { Claims } from "./claims";

/** A question to a model, with the token of who asks. */
export interface Question {
  /** Of the identity proxy. */
  readonly url: string;
  readonly token: string;
  readonly model: string;
  readonly claims: Claims;
}

/** What a model said, and under which number LiteLLM booked it. */
export interface Answer {
  readonly content: string;
  readonly id: string;
}

/** Sends one chat completion through the identity proxy. @throws LocalError when it is not answered */
export async function ask({ url, token, model, claims }: Question): Promise<Answer> {
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { ...claims.headers, authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ ...claims.body, model, messages: [{ role: "user", content: "what is 2 + 2?" }] }),
    signal: AbortSignal.timeout(60_000),
  });
  const body = (await response.json()) as {
    id?: string;
    choices?: { message?: { content?: string } }[];
    error?: { message?: string };
  };
  const content = body.choices?.[0]?.message?.content;
  if (response.ok && content !== undefined) return { content, id: body.id ?? "" };
  const reason = body.error?.message?.split("\n")[0] ?? "no answer in the body";
  throw new LocalError(`${model} was not answered: ${response.status} ${reason}`, "look: npx cdktf-litellm local logs");
}
