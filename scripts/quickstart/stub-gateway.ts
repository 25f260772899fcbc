import { createServer, type Server } from "node:http";
import { text } from "node:stream/consumers";
import type { Attribution } from "./recorded";

/** Stands where LiteLLM would: answers every question alike, and remembers on whom it would have booked it. */
export class StubGateway {
  private readonly booked = new Map<string, Attribution>();
  private server: Server | undefined;

  /** @throws Error when the port cannot be opened */
  async listen(port: number): Promise<void> {
    const server = createServer(async (request, response) => {
      const id = `chatcmpl-stub-${this.booked.size + 1}`;
      this.booked.set(id, attributionOf(request.headers, await text(request)));
      const message = { role: "assistant", content: "a stub's answer" };
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ id, object: "chat.completion", choices: [{ index: 0, message, finish_reason: "stop" }] }));
    });
    this.server = server;
    await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  }

  async attribution(id: string): Promise<Attribution> {
    return this.booked.get(id) ?? { user: "", tags: [] };
  }

  close(): void {
    this.server?.close();
    this.server?.closeAllConnections();
  }
}

/** As LiteLLM reads it: a claim that is left in the body would count here too. */
function attributionOf(headers: Readonly<Record<string, unknown>>, body: string): Attribution {
  const { user, tags, metadata } = JSON.parse(body) as { user?: string; tags?: string[]; metadata?: { tags?: string[] } };
  const named = headers["x-litellm-tags"];
  const fromHeader = typeof named === "string" ? named.split(",") : [];
  return {
    user: String(headers["x-litellm-end-user-id"] ?? user ?? ""),
    tags: [...fromHeader, ...(tags ?? []), ...(metadata?.tags ?? [])],
  };
}
