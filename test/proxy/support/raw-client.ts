import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";

/** A client that sends bytes as they are. */
export class RawClient {
  private text = "";
  private closed = false;
  private waiting: (() => void)[] = [];

  private constructor(readonly socket: Socket) {
    socket.on("data", (bytes: Buffer) => this.note(bytes.toString("latin1")));
    socket.on("close", () => {
      this.closed = true;
      this.note("");
    });
    socket.on("error", () => undefined);
  }

  /** @param tls whether the bytes go through TLS; whose certificate it is does not matter */
  static async open(port: number, tls = false): Promise<RawClient> {
    const place = { host: "127.0.0.1", port };
    const socket = tls ? connectTls({ ...place, rejectUnauthorized: false }) : connect(place);
    const opened = tls ? "secureConnect" : "connect";
    await new Promise<void>((resolve, reject) => socket.once(opened, resolve).once("error", reject));
    return new RawClient(socket);
  }

  send(text: string | Buffer): this {
    this.socket.write(typeof text === "string" ? Buffer.from(text, "latin1") : text);
    return this;
  }

  /** Everything that was received once `pattern` is in it. @throws Error when the connection ends before */
  async until(pattern: RegExp): Promise<string> {
    for (;;) {
      if (pattern.test(this.text)) return this.text;
      if (this.closed) throw new Error(`the connection ended after ${JSON.stringify(this.text)}`);
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  /** Everything that was received until the other side closed. */
  async untilClosed(): Promise<string> {
    while (!this.closed) await new Promise<void>((resolve) => this.waiting.push(resolve));
    return this.text;
  }

  destroy(): void {
    this.socket.destroy();
  }

  private note(text: string): void {
    this.text += text;
    for (const wake of this.waiting.splice(0)) wake();
  }
}
