import { request } from "node:http";
import { IdentityProxy } from "../../../proxy/src/server";
import { Gateway } from "./gateway";
import { Issuer } from "./issuer";
import { type SettingsParts, settingsFrom, settingsText } from "./settings";

/** An answer with its body as text. */
export interface Answer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

/** A request to the proxy. */
export interface Call {
  readonly method?: string;
  readonly path?: string;
  /** Names and values in turn, sent as they are. */
  readonly headers?: readonly string[];
  readonly body?: string | Buffer;
  /** Token of the caller. @default a token of alice, of group engineering */
  readonly token?: string | null;
}

/** What a test says about the settings. */
export type Parts = Partial<SettingsParts>;

/** The issuer, the gateway and the proxy between them, all on the loopback interface. */
export class RunningProxy {
  /** The clock of the proxy, in milliseconds. */
  now = Date.UTC(2026, 10, 21, 12);
  readonly audit: string[] = [];
  private ids = 0;
  private proxy: IdentityProxy | undefined;

  private constructor(
    readonly issuer: Issuer,
    readonly gateway: Gateway,
  ) {}

  /** Starts all three. `parts` replaces what the settings say. */
  static async start(parts: Parts | ((issuer: Issuer, gateway: Gateway) => Parts) = {}): Promise<RunningProxy> {
    const running = new RunningProxy(await Issuer.start(), await Gateway.start());
    await running.open(typeof parts === "function" ? parts(running.issuer, running.gateway) : parts);
    return running;
  }

  /** The upstream of the settings, at another place. */
  upstream(url: string): string {
    return `{ profile: litellm, version: 1.108.10, url: "${url}" }`;
  }

  /** Text of the settings. */
  text(parts: Parts = {}): string {
    return settingsText({
      upstream: this.upstream(this.gateway.url),
      identity: `{ oidc: { issuer: "${this.issuer.url}", audiences: [litellm] } }`,
      ...parts,
    });
  }

  get server(): IdentityProxy {
    if (!this.proxy) throw new Error("the proxy is not running");
    return this.proxy;
  }

  get port(): number {
    return this.server.port("api");
  }

  /** The last audit line, parsed. */
  async lastAudit(): Promise<Record<string, unknown>> {
    await new Promise((resolve) => setImmediate(resolve));
    return JSON.parse(this.audit.join("").trim().split("\n").at(-1) ?? "") as Record<string, unknown>;
  }

  async call(call: Call = {}): Promise<Answer> {
    const { method = "POST", path = "/v1/chat/completions", headers = [], body } = call;
    const token = call.token === undefined ? await this.issuer.token(this.now) : call.token;
    const usual =
      body === undefined ? [] : ["content-type", "application/json", "content-length", String(Buffer.byteLength(body))];
    const own = new Set(headers.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase()));
    const lines = [...usual, ...(token === null ? [] : ["authorization", `Bearer ${token}`])];
    const kept = lines.filter((_, index) => !own.has(lines[index - (index % 2)] ?? ""));
    return send(this.port, method, path, ["host", "proxy.test", ...kept, ...headers], body);
  }

  async stop(): Promise<void> {
    await this.proxy?.stop();
    await this.gateway.stop();
    await this.issuer.stop();
  }

  private async open(parts: Parts): Promise<void> {
    const clock = {
      now: () => this.now,
      ticks: () => 0,
      id: () => {
        this.ids += 1;
        return `request-${this.ids}`;
      },
    };
    this.proxy = new IdentityProxy(settingsFrom(this.text(parts)), { write: (text) => this.audit.push(text) }, clock);
    await this.proxy.start();
  }
}

function send(port: number, method: string, path: string, headers: readonly string[], body?: string | Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: "127.0.0.1", port, method, path, headers: headers as never, agent: false, setHost: false });
    outgoing.on("error", reject);
    outgoing.on("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString() }),
      );
    });
    // A text would be sent in one piece with the head, which Node then writes as UTF-8 instead of byte by byte.
    outgoing.end(typeof body === "string" ? Buffer.from(body) : body);
  });
}
