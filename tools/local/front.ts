import { join } from "node:path";
import { OWN_KEY_VARIABLE } from "../../core/config";
import type { LocalFolders } from "./folders";
import type { LocalGateway } from "./gateway";
import { GATEWAY_KEY_FILE, gatewayKey, proxyPart } from "./identity-proxy";
import { issuerPart, removeIssuer } from "./issuer";
import type { Kit } from "./kit";
import { LocalError } from "./local-error";
import type { PortUse } from "./ports";
import { declaredSource } from "./secrets";
import type { MissingPart, SecretSource, WantedPart } from "./supervisor/wanted";

/** What {@link Front} needs of a roll-out. */
export interface FrontOptions {
  readonly gateway: LocalGateway;
  /** Of the caller. */
  readonly environment: NodeJS.ProcessEnv;
  readonly folders: LocalFolders;
  readonly kit: Pick<Kit, "proxyProgram" | "issuerProgram" | "registerGatewayKey">;
  /** Values of the declared secrets. */
  readonly declared: Readonly<Record<string, string>>;
  readonly hashKey: string;
}

/** What stands before LiteLLM in one roll-out: the identity proxy and its development issuer, as far as the environment has them. */
export class Front {
  constructor(private readonly options: FrontOptions) {}

  /** The ports that are about to be listened on. */
  ports(): PortUse[] {
    const { identityProxy } = this.options.gateway;
    if (!identityProxy) return [];
    const { development, settings } = identityProxy;
    return [
      ...settings.listeners.map(({ port, name }) => ({ port, setting: `the port of identityProxy listener ${name}` })),
      ...(development ? [{ port: development.port, setting: "identityProxy.development.port" }] : []),
      { port: settings.operations.port, setting: "identityProxy.operations.port" },
    ];
  }

  /** The parts to run. */
  parts(): WantedPart[] {
    const { gateway, kit, folders, hashKey } = this.options;
    const { development } = gateway.identityProxy ?? {};
    if (!development) removeIssuer(folders);
    if (!gateway.identityProxy) return [];
    const issuer = development ? [issuerPart({ development, folders, program: kit.issuerProgram(), hashKey })] : [];
    return [...issuer, this.proxy()];
  }

  /**
   * The parts to run where LiteLLM has no database, and so no virtual keys: a proxy that would need one is left out,
   * because the master key is not for it.
   *
   * @param repair what brings the database
   */
  partsWithoutDatabase(repair: string): { readonly parts: WantedPart[]; readonly missing: MissingPart[] } {
    const { identityProxy } = this.options.gateway;
    if (!identityProxy?.makesKey) return { parts: this.parts(), missing: [] };
    removeIssuer(this.options.folders);
    const problem = "LiteLLM keeps no virtual key for it without a database";
    return { parts: [], missing: [{ part: "identity-proxy", problem, repair }] };
  }

  /**
   * Has LiteLLM take the proxy's key, unless the environment names keys of its own.
   * @throws LocalError when LiteLLM refuses, or its master key is not known here
   */
  async register(masterKey: string | undefined): Promise<void> {
    const { gateway, kit, folders } = this.options;
    if (!gateway.identityProxy?.makesKey) return;
    if (masterKey === undefined) {
      throw new LocalError(
        "LiteLLM's master key is not known here, so no key can be made for the identity proxy",
        "write master_key: os.environ/LITELLM_MASTER_KEY, or name a key of your own: identityProxy.gatewayKeys",
      );
    }
    await kit.registerGatewayKey({ port: gateway.port, masterKey, key: gatewayKey(folders.secrets) });
  }

  /** Where the proxy answers, and whom it knows. */
  summary(): string {
    const { identityProxy } = this.options.gateway;
    const [listener] = identityProxy?.settings.listeners ?? [];
    const users = Object.keys(identityProxy?.development?.users ?? {});
    const known = users.length === 0 ? "" : `, knows ${users.length === 1 ? users[0] : `${users.length} development users`}`;
    return `http://127.0.0.1:${listener?.port}${known}`;
  }

  private proxy(): WantedPart {
    const { gateway, kit, folders, hashKey, environment } = this.options;
    const proxy = gateway.identityProxy;
    if (!proxy) throw new Error("there is no identity proxy");
    const { secrets, secretValues } = this.secrets();
    return proxyPart({ proxy, folders, program: kit.proxyProgram(), secrets, secretValues, environment, hashKey });
  }

  private secrets(): { secrets: Record<string, SecretSource>; secretValues: Record<string, string> } {
    const { gateway, folders, declared } = this.options;
    const { makesKey = false, secretNames = [] } = gateway.identityProxy ?? {};
    const secrets: Record<string, SecretSource> = {};
    const secretValues: Record<string, string> = {};
    for (const name of secretNames) {
      const source = gateway.secrets[name];
      if (source) secrets[name] = declaredSource(name, source);
      secretValues[name] = declared[name] ?? "";
    }
    if (makesKey) {
      secretValues[OWN_KEY_VARIABLE] = gatewayKey(folders.secrets);
      secrets[OWN_KEY_VARIABLE] = { file: join(folders.secrets, GATEWAY_KEY_FILE) };
    }
    return { secrets, secretValues };
  }
}
