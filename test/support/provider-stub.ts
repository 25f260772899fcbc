import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Answered, answerAs, failed } from "./provider-protocols";
import type { Asked } from "./provider-stub-answers";

/** A request that a provider would have got. */
export interface ProviderCall {
  /** The deployment that the request was sent for. */
  readonly deployment: string;
  /** Without the deployment and the query, such as `/v1/chat/completions`. */
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Asked;
}

/** What something that is not a provider got, such as a webhook or a collector of traces. */
export interface Delivery {
  /** Tells one receiver from another. */
  readonly name: string;
  /** Without the name. */
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

/** Stands for all providers, on 127.0.0.1. */
export interface ProviderStub {
  readonly url: string;
  readonly calls: ProviderCall[];
  readonly deliveries: Delivery[];
  /** Deployments that fail, and the HTTP status that they fail with. */
  readonly failing: Map<string, number>;
  close(): Promise<void>;
}

/** Where a deployment finds its provider; what follows is the provider's own path. */
export function providerUrl(stub: ProviderStub, deployment: string): string {
  return `${stub.url}/providers/${encodeURIComponent(deployment)}`;
}

/** Where a delivery goes that is to be told from others by `name`. */
export function deliveryUrl(stub: ProviderStub, name: string): string {
  return `${stub.url}/deliveries/${encodeURIComponent(name)}`;
}

/** What the stub answers for a deployment: the text tells who answered. */
export function answerOf(deployment: string): string {
  return `this is ${deployment}`;
}

/** Starts a server that speaks the providers' protocols, streaming and not. */
export async function startProviderStub(): Promise<ProviderStub> {
  const seen: Seen = { calls: [], deliveries: [], failing: new Map() };
  const server = createServer((request, response) => {
    // A proxy that is stopped breaks off its requests.
    read(request).then(
      (body) => handle(request, body, seen, response),
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${port}`, ...seen, close };
}

type Seen = Pick<ProviderStub, "calls" | "deliveries" | "failing">;

/** Paths are `/providers/<deployment>/<path>` and `/deliveries/<name>/<path>`. */
function handle({ url = "", headers }: IncomingMessage, body: Buffer, seen: Seen, response: ServerResponse): void {
  const [, kind, encoded = "", ...rest] = url.split("/");
  const name = decodeURIComponent(encoded);
  const path = `/${rest.join("/")}`;
  if (kind === "deliveries") {
    seen.deliveries.push({ name, path, headers, body });
    send(response, { status: 200, json: {} });
  } else {
    const call = { deployment: name, path: path.split("?")[0] ?? "", headers, body: asked(headers, body) };
    seen.calls.push(call);
    const failure = seen.failing.get(name);
    const question = { ...call, text: answerOf(name), id: String(seen.calls.length) };
    send(response, failure === undefined ? answerAs(question) : failed(failure, `${name} fails`));
  }
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** LiteLLM names no type where it asks Ollama, so a form alone is not taken for JSON. */
function asked({ "content-type": type }: IncomingMessage["headers"], body: Buffer): Asked {
  const form = type?.startsWith("application/x-www-form-urlencoded");
  return body.length === 0 || form ? {} : (JSON.parse(body.toString("utf8")) as Asked);
}

function send(response: ServerResponse, answered: Answered): void {
  if ("stream" in answered) {
    response.writeHead(200, { "content-type": answered.type }).end(answered.stream);
  } else {
    response.writeHead(answered.status, { "content-type": "application/json" }).end(JSON.stringify(answered.json));
  }
}
