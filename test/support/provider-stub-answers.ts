/** The part of a request that an answer depends on. */
export interface Asked {
  readonly model?: string;
  readonly stream?: boolean;
  readonly input?: unknown;
  readonly [name: string]: unknown;
}

const PROMPT_TOKENS = 10;
const COMPLETION_TOKENS = 4;
const OPENAI_USAGE = {
  prompt_tokens: PROMPT_TOKENS,
  completion_tokens: COMPLETION_TOKENS,
  total_tokens: PROMPT_TOKENS + COMPLETION_TOKENS,
};
const ANTHROPIC_USAGE = { input_tokens: PROMPT_TOKENS, output_tokens: COMPLETION_TOKENS };
/** The answers' time, seconds since 1970. */
const CREATED = 1_790_000_000;

/** A chat completion as OpenAI answers it. */
export function openaiChat({ model }: Asked, text: string, id: string): unknown {
  const choices = [{ index: 0, message: { role: "assistant", content: text }, finish_reason: "stop" }];
  return { id: `chatcmpl-stub-${id}`, object: "chat.completion", created: CREATED, model, choices, usage: OPENAI_USAGE };
}

/** The same word by word, as server-sent events. */
export function openaiStream({ model }: Asked, text: string, id: string): string[] {
  const head = { id: `chatcmpl-stub-${id}`, object: "chat.completion.chunk", created: CREATED, model };
  const chunk = (delta: unknown, finish_reason: string | null): unknown => ({
    ...head,
    choices: [{ index: 0, delta, finish_reason }],
  });
  const chunks = [
    chunk({ role: "assistant", content: "" }, null),
    ...words(text).map((content) => chunk({ content }, null)),
    chunk({}, "stop"),
    { ...head, choices: [], usage: OPENAI_USAGE },
  ];
  return [...chunks.map((data) => `data: ${JSON.stringify(data)}`), "data: [DONE]"];
}

/** A vector for each input. */
export function openaiEmbeddings({ model, input }: Asked): unknown {
  const inputs = Array.isArray(input) ? input : [input];
  const data = inputs.map((_, index) => ({ object: "embedding", index, embedding: [0.25, 0.5] }));
  return { object: "list", model, data, usage: { prompt_tokens: PROMPT_TOKENS, total_tokens: PROMPT_TOKENS } };
}

/** A message as Anthropic answers it. */
export function anthropicMessage({ model }: Asked, text: string, id: string): unknown {
  const content = [{ type: "text", text }];
  const end = { stop_reason: "end_turn", stop_sequence: null };
  return { id: `msg_stub_${id}`, type: "message", role: "assistant", model, content, ...end, usage: ANTHROPIC_USAGE };
}

/** The same word by word, as server-sent events. */
export function anthropicStream({ model }: Asked, text: string, id: string): string[] {
  const message = { id: `msg_stub_${id}`, type: "message", role: "assistant", model, content: [], usage: ANTHROPIC_USAGE };
  const events = [
    { type: "message_start", message },
    { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
    ...words(text).map((word) => ({ type: "content_block_delta", index: 0, delta: { type: "text_delta", text: word } })),
    { type: "content_block_stop", index: 0 },
    { type: "message_delta", delta: { stop_reason: "end_turn", stop_sequence: null }, usage: ANTHROPIC_USAGE },
    { type: "message_stop" },
  ];
  return events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}`);
}

/** A text as the pieces that a stream has. */
export function words(text: string): string[] {
  return text.split(/(?<= )/);
}
