import {
  anthropicMessage,
  anthropicStream,
  openaiChat,
  openaiEmbeddings,
  openaiStream,
} from "../../support/provider-stub-answers";

/** What the provider answers. */
export interface Answered {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

const TOKENS = { input_tokens: 10, output_tokens: 20, total_tokens: 30 };
const CREATED = 1_790_000_000;

/** Answers whatever API a path belongs to; `id` makes each answer another one, because LiteLLM names the rows of its log after it. */
export function answerTo(url: string, body: string, id: string): Answered {
  const [path = ""] = url.split("?");
  const asked = body.startsWith("{") ? (JSON.parse(body) as { model?: string; stream?: boolean; metadata?: unknown }) : {};
  if (asked.stream && path.endsWith("/chat/completions")) return stream(openaiStream(asked, "hello there", id));
  if (asked.stream && path.endsWith("/messages")) return stream(anthropicStream(asked, "hello there", id));
  if (path.endsWith("/audio/speech")) return { status: 200, type: "audio/mpeg", body: "sound" };
  const [, answer] = ANSWERS.find(([ending]) => path.includes(ending)) ?? ["", () => ({ ok: true })];
  return { status: 200, type: "application/json", body: JSON.stringify(answer(asked, id)) };
}

function stream(events: readonly string[]): Answered {
  return { status: 200, type: "text/event-stream", body: events.map((event) => `${event}\n\n`).join("") };
}

type Asked = Parameters<typeof openaiChat>[0];

/** The first whose text is in the path. */
const ANSWERS: readonly (readonly [string, (asked: Asked, id: string) => unknown])[] = [
  ["/chat/completions", (asked, id) => openaiChat(asked, "hello there", id)],
  ["/messages", (asked, id) => anthropicMessage(asked, "hello there", id)],
  ["/embeddings", (asked) => openaiEmbeddings(asked)],
  ["/responses", (asked, id) => response(asked, id)],
  [
    "/completions",
    ({ model }, id) => ({
      id: `cmpl-${id}`,
      object: "text_completion",
      created: CREATED,
      model,
      choices: [{ index: 0, finish_reason: "stop", text: "hello", logprobs: null }],
      usage: { prompt_tokens: 10, completion_tokens: 20, total_tokens: 30 },
    }),
  ],
  [
    "/images/",
    () => ({
      created: CREATED,
      data: [{ b64_json: "aGk=" }],
      usage: { ...TOKENS, input_tokens_details: { text_tokens: 10, image_tokens: 0 } },
    }),
  ],
  ["/audio/", () => ({ text: "hello" })],
  [
    "/moderations",
    (_asked, id) => ({ id: `modr-${id}`, model: "mod", results: [{ flagged: false, categories: {}, category_scores: {} }] }),
  ],
  [
    "rerank",
    (_asked, id) => ({
      id: `rr-${id}`,
      results: [{ index: 0, relevance_score: 0.9 }],
      meta: { billed_units: { search_units: 1 }, tokens: { input_tokens: 10, output_tokens: 0 } },
    }),
  ],
  [
    "/files",
    (_asked, id) => ({
      id: `file-${id}`,
      object: "file",
      bytes: 10,
      created_at: CREATED,
      filename: "b.jsonl",
      purpose: "batch",
      status: "processed",
    }),
  ],
  [
    "/batches",
    ({ metadata }, id) => ({
      id: `batch_${id}`,
      object: "batch",
      endpoint: "/v1/chat/completions",
      input_file_id: "file-1",
      completion_window: "24h",
      status: "validating",
      created_at: CREATED,
      metadata,
    }),
  ],
];

function response({ model }: Asked, id: string): unknown {
  const content = [{ type: "output_text", text: "hello", annotations: [] }];
  return {
    id: `resp_${id}`,
    object: "response",
    created_at: CREATED,
    status: "completed",
    model,
    output: [{ type: "message", id: `msg_${id}`, status: "completed", role: "assistant", content }],
    parallel_tool_calls: true,
    tool_choice: "auto",
    tools: [],
    error: null,
    incomplete_details: null,
    instructions: null,
    metadata: {},
    temperature: 1,
    top_p: 1,
    usage: { ...TOKENS, input_tokens_details: { cached_tokens: 0 }, output_tokens_details: { reasoning_tokens: 0 } },
  };
}
