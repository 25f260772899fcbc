/** How a route takes its body. */
export type Kind = "json" | "form" | "websocket";

/** A route of LiteLLM that calls a model or stores something. */
export interface TriedRoute {
  readonly name: string;
  readonly target: string;
  readonly kind: Kind;
  /** Members of a JSON body, fields of a form (`@name` is a file), or the frame that is sent. */
  readonly body: Readonly<Record<string, unknown>>;
  /** LiteLLM 1.108.10 writes no row of its log for uploads: the daily tables have them. */
  readonly withoutRow?: boolean;
}

const messages = [{ role: "user", content: "hi" }];
const json = (name: string, target: string, body: TriedRoute["body"]): TriedRoute => ({ name, target, kind: "json", body });
const form = (name: string, target: string, body: TriedRoute["body"]): TriedRoute => ({ name, target, kind: "form", body });

/** The models are those of `litellm.ts` beside this file. */
export const ROUTES: readonly TriedRoute[] = [
  json("chat", "/v1/chat/completions", { model: "oai", messages }),
  json("chat without a version", "/chat/completions", { model: "oai", messages }),
  json("chat as Azure spells it", "/openai/deployments/oai/chat/completions", { messages }),
  json("chat with a model of Anthropic", "/v1/chat/completions", { model: "ant", max_tokens: 9, messages }),
  json("chat as a stream", "/v1/chat/completions", { model: "oai", messages, stream: true }),
  json("completions", "/v1/completions", { model: "compl", prompt: "hi" }),
  json("embeddings", "/v1/embeddings", { model: "emb", input: "hi" }),
  json("responses", "/v1/responses", { model: "oai", input: "hi" }),
  json("messages", "/v1/messages", { model: "ant", max_tokens: 9, messages }),
  json("messages with a model of OpenAI", "/v1/messages", { model: "oai", max_tokens: 9, messages }),
  json("images", "/v1/images/generations", { model: "img", prompt: "hi" }),
  form("image edits", "/v1/images/edits", { model: "img", prompt: "hi", "@image": "a.png" }),
  form("transcriptions", "/v1/audio/transcriptions", { model: "stt", prompt: "hi", "@file": "a.wav" }),
  json("speech", "/v1/audio/speech", { model: "stt", input: "hi", voice: "alloy" }),
  json("moderations", "/v1/moderations", { model: "mod", input: "hi" }),
  json("rerank", "/v1/rerank", { model: "rr", query: "hi", documents: ["a"] }),
  { ...form("files", "/v1/files", { purpose: "batch", custom_llm_provider: "openai", "@file": "b.jsonl" }), withoutRow: true },
  json("batches", "/v1/batches", {
    input_file_id: "file-1",
    endpoint: "/v1/chat/completions",
    completion_window: "24h",
    custom_llm_provider: "openai",
  }),
  json("generateContent", "/v1beta/models/oai:generateContent", { contents: [{ role: "user", parts: [{ text: "hi" }] }] }),
  json("pass-through to Anthropic", "/anthropic/v1/messages", { model: "claude-sonnet-4-5", max_tokens: 9, messages }),
  json("pass-through to OpenAI", "/openai/v1/chat/completions", { model: "gpt-4o", messages }),
  { name: "realtime", target: "/v1/realtime?model=rt", kind: "websocket", body: { type: "response.create", response: {} } },
];
