import { crc32 } from "node:zlib";
import {
  type Asked,
  anthropicMessage,
  anthropicStream,
  openaiChat,
  openaiEmbeddings,
  openaiStream,
  words,
} from "./provider-stub-answers";

/** What a provider answers: a JSON document, or a stream in one of the forms that providers use. */
export type Answered =
  | { readonly status: number; readonly json: unknown }
  | { readonly type: string; readonly stream: string | Buffer };

/** A request of one protocol. */
export interface Question {
  /** Without the deployment and without the query. */
  readonly path: string;
  readonly body: Asked;
  /** What is to be said. */
  readonly text: string;
  /** Makes each answer another one: LiteLLM names the rows of its log after it. */
  readonly id: string;
}

interface Protocol {
  /** How the path ends. */
  readonly ends: string;
  readonly answer: (question: Question) => Answered;
}

const EVENTS = "text/event-stream";
const USED = { input: 10, output: 4 };

/** The first whose path fits answers. */
const PROTOCOLS: readonly Protocol[] = [
  // OpenAI, and all that speak as it does: Azure, Mistral, OpenRouter, most servers of one's own.
  {
    ends: "/chat/completions",
    answer: ({ body, text, id }) => (body.stream ? events(openaiStream(body, text, id)) : ok(openaiChat(body, text, id))),
  },
  { ends: "/embeddings", answer: ({ body }) => ok(openaiEmbeddings(body)) },
  { ends: "/models", answer: ({ text }) => ok({ object: "list", data: [{ id: text, object: "model" }] }) },
  {
    ends: "/messages",
    answer: ({ body, text, id }) =>
      body.stream ? events(anthropicStream(body, text, id)) : ok(anthropicMessage(body, text, id)),
  },
  { ends: "/converse", answer: ({ text }) => ok(bedrockMessage(text)) },
  {
    ends: "/converse-stream",
    answer: ({ text }) => ({ type: "application/vnd.amazon.eventstream", stream: bedrockStream(text) }),
  },
  { ends: ":generateContent", answer: ({ text }) => ok(vertexContent(text, "STOP")) },
  { ends: ":streamGenerateContent", answer: ({ text }) => events(vertexStream(text)) },
  // Google's tokens for service accounts.
  { ends: "/token", answer: () => ok({ access_token: "stub-access-token", token_type: "Bearer", expires_in: 3600 }) },
  { ends: "/api/chat", answer: ({ body, text }) => ollamaChat(body, text) },
  { ends: "/api/show", answer: () => ok({ model_info: {}, template: "", capabilities: [] }) },
];

/** What the provider that a path belongs to answers, and 404 where there is none. */
export function answerAs(question: Question): Answered {
  const protocol = PROTOCOLS.find(({ ends }) => question.path.endsWith(ends));
  return protocol?.answer(question) ?? failed(404, `the stub has no ${question.path}`);
}

/** An error as OpenAI words it; LiteLLM reads it of all providers. */
export function failed(status: number, message: string): Answered {
  return { status, json: { error: { message, type: "stub" } } };
}

function ok(json: unknown): Answered {
  return { status: 200, json };
}

function events(lines: readonly string[]): Answered {
  return { type: EVENTS, stream: lines.map((line) => `${line}\n\n`).join("") };
}

/** Amazon Bedrock's Converse. */
function bedrockMessage(text: string): unknown {
  return {
    output: { message: { role: "assistant", content: [{ text }] } },
    stopReason: "end_turn",
    usage: { inputTokens: USED.input, outputTokens: USED.output, totalTokens: USED.input + USED.output },
    metrics: { latencyMs: 1 },
  };
}

function bedrockStream(text: string): Buffer {
  const deltas = words(text).map((word) => ["contentBlockDelta", { contentBlockIndex: 0, delta: { text: word } }] as const);
  const messages = [
    ["messageStart", { role: "assistant" }] as const,
    ...deltas,
    ["contentBlockStop", { contentBlockIndex: 0 }] as const,
    ["messageStop", { stopReason: "end_turn" }] as const,
    [
      "metadata",
      { usage: { inputTokens: USED.input, outputTokens: USED.output, totalTokens: 14 }, metrics: { latencyMs: 1 } },
    ] as const,
  ];
  return Buffer.concat(messages.map(([type, payload]) => eventStreamMessage(type, payload)));
}

/** One message of Amazon's binary event stream: lengths, a checksum, headers, the payload and a checksum of all. */
function eventStreamMessage(type: string, payload: unknown): Buffer {
  const fields = { ":event-type": type, ":content-type": "application/json", ":message-type": "event" };
  const headers = Buffer.concat(Object.entries(fields).map(([name, value]) => eventStreamHeader(name, value)));
  const content = Buffer.from(JSON.stringify(payload));
  const lengths = unsigned(16 + headers.length + content.length, headers.length);
  const head = Buffer.concat([lengths, unsigned(crc32(lengths))]);
  const message = Buffer.concat([head, headers, content]);
  return Buffer.concat([message, unsigned(crc32(message))]);
}

/** A header whose value is a string (type 7). */
function eventStreamHeader(name: string, value: string): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(Buffer.byteLength(value));
  return Buffer.concat([Buffer.from([name.length]), Buffer.from(name), Buffer.from([7]), length, Buffer.from(value)]);
}

function unsigned(...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * numbers.length);
  for (const [index, number] of numbers.entries()) bytes.writeUInt32BE(number, 4 * index);
  return bytes;
}

/** Google's generateContent. */
function vertexContent(text: string, finishReason: string | undefined): unknown {
  const usageMetadata = { promptTokenCount: USED.input, candidatesTokenCount: USED.output, totalTokenCount: 14 };
  return { candidates: [{ index: 0, content: { role: "model", parts: [{ text }] }, finishReason }], usageMetadata };
}

function vertexStream(text: string): string[] {
  const all = words(text);
  return all.map((word, index) => `data: ${JSON.stringify(vertexContent(word, index === all.length - 1 ? "STOP" : undefined))}`);
}

/** Ollama's chat: a line of JSON for each word, or one document. */
function ollamaChat({ model, stream }: Asked, text: string): Answered {
  const message = (content: string, done: boolean): unknown => ({
    model,
    created_at: "2026-11-21T00:00:00.000000Z",
    message: { role: "assistant", content },
    done,
    ...(done && { done_reason: "stop", prompt_eval_count: USED.input, eval_count: USED.output }),
  });
  if (!stream) return ok(message(text, true));
  const lines = [...words(text).map((word) => message(word, false)), message("", true)];
  return { type: "application/x-ndjson", stream: lines.map((line) => `${JSON.stringify(line)}\n`).join("") };
}
