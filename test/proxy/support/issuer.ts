import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";

type PrivateKey = Awaited<ReturnType<typeof generateKeyPair>>["privateKey"];

/** An OIDC issuer on the loopback interface: discovery, keys, and tokens of any content. */
export class Issuer {
  /** Requests for keys that arrived. */
  fetches = 0;
  /** What the key endpoint does instead of answering: an answer of another kind, or none. */
  broken: "down" | "garbage" | undefined;
  /** Requests that {@link hold} keeps waiting. */
  waiting = 0;
  private gate: Promise<void> | undefined;
  private keys: { kid: string; privateKey: PrivateKey; jwk: object }[] = [];

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<Issuer> {
    const holder: { issuer?: Issuer } = {};
    const server = createServer(async (request, response) => {
      await holder.issuer?.passed();
      const answer = holder.issuer?.answer(request.url ?? "");
      if (answer === undefined) request.socket.destroy();
      else response.writeHead(200, { "content-type": "application/json" }).end(answer);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    holder.issuer = new Issuer(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    await holder.issuer.rotate("key-1");
    return holder.issuer;
  }

  /** Publishes one new key instead of all before. */
  async rotate(kid: string, algorithm = "ES256"): Promise<void> {
    const { privateKey, publicKey } = await generateKeyPair(algorithm);
    this.keys = [{ kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: algorithm, use: "sig" } }];
  }

  /** A token that is valid at `now` (milliseconds) for five minutes, unless the claims say something else. */
  async token(now: number, claims: JWTPayload & Record<string, unknown> = {}): Promise<string> {
    const [key] = this.keys;
    if (!key) throw new Error("the issuer has no key");
    const seconds = Math.floor(now / 1000);
    const usual = { iss: this.url, aud: "litellm", sub: "alice", iat: seconds, exp: seconds + 300, groups: ["engineering"] };
    return new SignJWT({ ...usual, ...claims }).setProtectedHeader({ alg: "ES256", kid: key.kid }).sign(key.privateKey);
  }

  /** Keeps requests waiting until what it returns is called. */
  hold(): () => void {
    let release = (): void => undefined;
    this.gate = new Promise((resolve) => {
      release = resolve;
    });
    return () => {
      this.gate = undefined;
      release();
    };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async passed(): Promise<void> {
    if (!this.gate) return;
    this.waiting += 1;
    await this.gate;
    this.waiting -= 1;
  }

  private answer(url: string): string | undefined {
    if (this.broken === "down") return undefined;
    if (url === "/.well-known/openid-configuration") return JSON.stringify({ issuer: this.url, jwks_uri: `${this.url}/keys` });
    this.fetches += 1;
    return this.broken === "garbage" ? "<html>" : JSON.stringify({ keys: this.keys.map(({ jwk }) => jwk) });
  }
}
