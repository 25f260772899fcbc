import { spawn } from "node:child_process";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import Anthropic from "@anthropic-ai/sdk";
import OpenAI from "openai";
import { pythonWithSdks } from "../../support/python-sdks";

/** What the tests need of those who run. */
export interface SdkStand {
  readonly url: string;
  /** A token for a caller of this name. */
  token(user: string): Promise<string>;
  /** How many calls LiteLLM has booked on a caller, once there are `wanted`. */
  booked(user: string, wanted: number): Promise<number>;
}

const messages = [{ role: "user" as const, content: "hi" }];
const TEXT = "hello there";

/** The official SDKs with a token as their API key: each answers, streaming and not, and is booked on its caller. */
export function sdkTests(stand: () => SdkStand): void {
  test("the SDKs for Node", async () => {
    const { url } = stand();
    const user = "node-sdks";
    const apiKey = await stand().token(user);
    const openai = new OpenAI({ baseURL: `${url}/v1`, apiKey, maxRetries: 0 });
    const anthropic = new Anthropic({ baseURL: url, apiKey, maxRetries: 0 });
    const answer = await openai.chat.completions.create({ model: "oai", messages, user: "mallory" });
    expect(answer.choices[0]?.message.content).toBe(TEXT);
    let streamed = "";
    for await (const chunk of await openai.chat.completions.create({ model: "oai", messages, stream: true })) {
      streamed += chunk.choices[0]?.delta.content ?? "";
    }
    expect(streamed).toBe(TEXT);
    const params = { model: "ant", max_tokens: 9, messages, metadata: { user_id: "mallory" } };
    expect((await anthropic.messages.create(params)).content).toMatchObject([{ text: TEXT }]);
    expect(await anthropic.messages.stream(params).finalText()).toBe(TEXT);
    expect(await stand().booked(user, 4)).toBe(4);
  });

  test("the SDKs for Python", async () => {
    const user = "python-sdks";
    const python = await pythonWithSdks(process.env);
    const program = spawn(python, [join(__dirname, "sdk_clients.py"), stand().url], { stdio: ["pipe", "pipe", "inherit"] });
    program.stdin.end(await stand().token(user));
    const answers = { openai: TEXT, "openai, streamed": TEXT, anthropic: TEXT, "anthropic, streamed": TEXT };
    expect(await json(program.stdout)).toEqual({ ...answers, refused: "token_malformed" });
    expect(await stand().booked(user, 4)).toBe(4);
  });
}
