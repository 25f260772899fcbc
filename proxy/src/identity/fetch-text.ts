import { get as getHttp, type IncomingMessage } from "node:http";
import { get as getHttps } from "node:https";

/** How a document is fetched: the seam between verification and the network. */
export type FetchText = (url: string) => Promise<string>;

/** What a fetch may take. */
export interface FetchLimits {
  readonly ca?: string | undefined;
  /** @default 5000 */
  readonly timeoutMs?: number;
  /** @default 1048576 (1 MiB) */
  readonly maxBytes?: number;
}

/**
 * Fetches a small document. Redirects are not followed: keys come from where the settings say, or not at all.
 *
 * @throws Error with a reason that names the host, not the document
 */
export function fetchText(url: string, limits: FetchLimits = {}): Promise<string> {
  const { ca, timeoutMs = 5000, maxBytes = 1_048_576 } = limits;
  const get = url.startsWith("https:") ? getHttps : getHttp;
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const fail = (reason: string): void => reject(new Error(`${new URL(url).host}: ${reason}`));
    const request = get(url, { ...(ca !== undefined && { ca }), signal, agent: false, headers: { accept: "application/json" } });
    request.on("error", (error: NodeJS.ErrnoException) =>
      fail(signal.aborted ? "no answer in time" : (error.code ?? "connection failed")),
    );
    request.on("response", (response) => collect(response, maxBytes).then(resolve, (error: Error) => fail(error.message)));
  });
}

async function collect(response: IncomingMessage, maxBytes: number): Promise<string> {
  if (response.statusCode !== 200) {
    response.destroy();
    throw new Error(`answered ${response.statusCode}`);
  }
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBytes) throw new Error("the answer is too long");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
