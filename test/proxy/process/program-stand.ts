import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { Gateway } from "../support/gateway";
import { Issuer } from "../support/issuer";
import { settingsFile } from "../support/settings";
import { bundle, freePorts, Program } from "./program";

/** For `describe.each`: what is said of it, and its setting `workers`. */
export const PROCESSES = [
  ["one process", 1],
  ["two processes", 2],
] as const;

/** The program, an issuer and a gateway for the tests of one block, with free ports for each test. */
export class ProgramStand {
  /** Of the listener, and of operations. */
  ports: [number, number] = [0, 0];
  private main = "";
  private issuer: Issuer | undefined;
  private gateway: Gateway | undefined;
  private program: Program | undefined;

  /** To be made within `describe`: it begins and ends with its tests. */
  constructor() {
    beforeAll(async () => {
      this.main = bundle();
      [this.issuer, this.gateway] = [await Issuer.start(), await Gateway.start()];
    });
    beforeEach(async () => {
      this.ports = await freePorts();
    });
    afterEach(() => this.program?.kill());
    afterAll(async () => {
      await Promise.all([this.issuer?.stop(), this.gateway?.stop()]);
      rmSync(dirname(this.main), { recursive: true });
    });
  }

  /** Settings for the ports of this test. */
  text(more: string): string {
    const identity = `{ oidc: { issuer: "${this.issuer?.url}", audiences: [litellm] } }`;
    return `upstream: { profile: litellm, version: 1.108.10, url: "${this.gateway?.url}" }
gatewayKeys: [{ key: { env: GATEWAY_KEY } }]
listeners: [{ name: api, address: 127.0.0.1, port: ${this.ports[0]}, identity: ${identity} }]
policy: { groups: [{ group: engineering }] }
operations: { port: ${this.ports[1]} }
${more}`;
  }

  /** Starts the program with these settings. */
  start(text: string): { readonly file: string; readonly running: Program } {
    const file = settingsFile(text);
    this.program = new Program(this.main, file);
    return { file, running: this.program };
  }

  /** Headers of a caller of group engineering. */
  async caller(): Promise<{ authorization: string }> {
    return { authorization: `Bearer ${await this.issuer?.token(Date.now())}` };
  }
}
