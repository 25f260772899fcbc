import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MACHINE_CLOCK, type ReconcileOptions } from "../../../tools/keys/apply";
import { destinations } from "../../../tools/keys/delivery";
import { gatewayHttp, litellmGateway } from "../../../tools/keys/gateway";
import { RealLitellm, type RealProxy } from "../../support/real-litellm";
import { desiredOf } from "../../tools/keys/keys-lab";

/** The release that these tests are about. */
export const VERSION = "1.108.10";
/** A gateway with one model that asks nobody. Further lines belong to `general_settings`. */
export const CONFIG = `model_list:
  - model_name: mock-a
    litellm_params: { model: openai/gpt-4o, api_key: none, mock_response: hello }
    model_info: { id: mock-a-1 }
general_settings:
  master_key: os.environ/LITELLM_MASTER_KEY
`;

/** A LiteLLM with a database, started once or again and again, and a folder that its keys are delivered to. */
export class RealGateway {
  readonly folder: string;
  private proxy: RealProxy | undefined;
  private starts = 0;

  private constructor(
    private readonly real: RealLitellm,
    private readonly name: string,
  ) {
    this.folder = mkdtempSync(join(tmpdir(), `${name}-real-`));
  }

  static async prepare(name: string): Promise<RealGateway> {
    return new RealGateway(await RealLitellm.prepare(VERSION, true), name);
  }

  /** Stops what runs, and starts it with these secrets and the same database. */
  async restart(config: string, secrets: Readonly<Record<string, string>>): Promise<void> {
    await this.proxy?.stop();
    this.starts += 1;
    const name = `${this.name}-${this.starts}`;
    this.proxy = await this.real.start({ name, config, variables: {}, secrets, database: true });
  }

  get url(): string {
    return this.proxy?.url ?? "";
  }

  log(): string {
    return this.proxy?.log() ?? "";
  }

  async close(): Promise<void> {
    await this.proxy?.stop();
    await this.real.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /**
   * What a run on it is made with.
   *
   * @param text of the keys file
   * @param folder that files are delivered in
   */
  options(text: string, owner: string, signIn: string, folder = this.folder): ReconcileOptions {
    return {
      desired: desiredOf(text, owner),
      owner,
      policy: "sync",
      deleteAfter: 0,
      gateway: litellmGateway(gatewayHttp({ url: this.url, signIn })),
      destinations: destinations({ folder }),
      clock: MACHINE_CLOCK,
    };
  }

  /** A value that was delivered. @param path below the folder */
  delivered(...path: readonly string[]): string {
    return readFileSync(join(this.folder, ...path), "utf8").trim();
  }

  /** One request, with a redirect not followed. */
  async call(signIn: string, method: string, path: string, body?: object): Promise<{ status: number; text: string }> {
    const headers = { authorization: `Bearer ${signIn}`, "content-type": "application/json" };
    const request: RequestInit = { method, headers, redirect: "manual", ...(body && { body: JSON.stringify(body) }) };
    const response = await fetch(`${this.url}${path}`, request);
    return { status: response.status, text: await response.text() };
  }
}
