import Anthropic from "@anthropic-ai/sdk";
import OpenAI from "openai";
import { RunningProxy } from "../support/running-proxy";

const MESSAGES = [{ role: "user" as const, content: "hi" }];

describe("the official SDKs", () => {
  let running: RunningProxy;
  let token: string;
  beforeAll(async () => {
    running = await RunningProxy.start();
    token = await running.issuer.token(running.now);
  });
  afterAll(() => running.stop());

  const answer = (body: object): void => {
    running.gateway.answer = (_request, response) =>
      void response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
  };
  const stream = (...events: readonly string[]): void => {
    running.gateway.answer = (_request, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      for (const event of events) response.write(`${event}\n\n`);
      response.end();
    };
  };
  const identity = () => running.gateway.last.headers["x-litellm-end-user-id"];

  describe("of OpenAI", () => {
    const client = (apiKey = token) => new OpenAI({ baseURL: `http://127.0.0.1:${running.port}/v1`, apiKey, maxRetries: 0 });
    const chunk = (content: string): string => `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}`;

    it("work with a token as the API key", async () => {
      answer({ choices: [{ message: { role: "assistant", content: "hello" } }] });
      const completion = await client().chat.completions.create({ model: "gpt-5", messages: MESSAGES, user: "root" });
      expect(completion.choices[0]?.message.content).toBe("hello");
      expect(identity()).toEqual(["alice"]);
      expect(running.gateway.last.body).not.toContain("root");
    });

    it("stream", async () => {
      stream(chunk("hel"), chunk("lo"), "data: [DONE]");
      let text = "";
      for await (const part of await client().chat.completions.create({ model: "gpt-5", messages: MESSAGES, stream: true })) {
        text += part.choices[0]?.delta.content ?? "";
      }
      expect(text).toBe("hello");
    });

    it("understand a refusal", async () => {
      const failed = client("sk-1").chat.completions.create({ model: "gpt-5", messages: MESSAGES });
      await expect(failed).rejects.toMatchObject({ status: 401, code: "token_malformed", type: "authentication_error" });
      await expect(failed).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
    });
  });

  describe("of Anthropic", () => {
    const client = (apiKey = token) => new Anthropic({ baseURL: `http://127.0.0.1:${running.port}`, apiKey, maxRetries: 0 });
    const params = { model: "claude-5", max_tokens: 5, messages: MESSAGES, metadata: { user_id: "root" } };
    const event = (type: string, more: object): string => `event: ${type}\ndata: ${JSON.stringify({ type, ...more })}`;

    it("work with a token as the API key", async () => {
      answer({ id: "m", type: "message", role: "assistant", content: [{ type: "text", text: "hello" }] });
      const message = await client().messages.create(params);
      expect(message.content).toMatchObject([{ text: "hello" }]);
      expect(identity()).toEqual(["alice"]);
      expect(running.gateway.last.headers["anthropic-version"]).toEqual([expect.stringMatching(/^\d{4}-\d\d-\d\d$/)]);
      expect(running.gateway.last.headers["x-api-key"]).toBeUndefined();
      expect(JSON.parse(running.gateway.last.body)).not.toHaveProperty("metadata");
    });

    it("stream", async () => {
      stream(
        event("message_start", { message: { id: "m", type: "message", role: "assistant", content: [], usage: {} } }),
        event("content_block_start", { index: 0, content_block: { type: "text", text: "" } }),
        event("content_block_delta", { index: 0, delta: { type: "text_delta", text: "hello" } }),
        event("content_block_stop", { index: 0 }),
        event("message_stop", {}),
      );
      expect(await client().messages.stream(params).finalText()).toBe("hello");
    });

    it("understand a refusal", async () => {
      const failed = client("sk-1").messages.create(params);
      await expect(failed).rejects.toBeInstanceOf(Anthropic.AuthenticationError);
      await expect(failed).rejects.toMatchObject({ status: 401, error: { error: { type: "authentication_error" } } });
    });
  });
});
