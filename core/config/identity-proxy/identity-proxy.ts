import type { IdentityProxyInput } from "./schema";

/** A person of the development issuer. */
export interface DevelopmentUser {
  readonly email: string;
  readonly groups: readonly string[];
}

/** An OIDC issuer of this machine, for people who have no identity provider at hand. */
export interface DevelopmentIssuer {
  readonly port: number;
  /** The `iss` of its tokens, and where its keys are published. */
  readonly issuer: string;
  /** The `aud` of its tokens. */
  readonly audience: string;
  readonly users: Readonly<Record<string, DevelopmentUser>>;
}

/** A listener as the identity proxy's settings have it. */
export interface ProxyListener {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly identity: Readonly<Record<string, unknown>>;
}

/** The identity proxy's settings, in its own words. A contract test has the proxy read what is made of them. */
export interface ProxySettings {
  readonly upstream: Readonly<Record<string, unknown>>;
  /** Each key by the environment variable of the proxy's process that holds it. */
  readonly gatewayKeys: readonly { readonly group?: string; readonly key: { readonly env: string } }[];
  readonly listeners: readonly ProxyListener[];
  readonly policy: Readonly<Record<string, unknown>>;
  readonly operations: { readonly address: string; readonly port: number };
  readonly limits?: IdentityProxyInput["limits"];
  readonly audit?: Readonly<Record<string, unknown>>;
  readonly drainSeconds: number;
  readonly workers?: number;
}

/** The identity proxy of an environment. */
export interface IdentityProxy {
  readonly settings: ProxySettings;
  readonly development?: DevelopmentIssuer;
  /** The environment names no key, so whoever deploys makes an ordinary one, and hands it over as {@link OWN_KEY_VARIABLE}. */
  readonly makesKey: boolean;
  /** Names under `secrets` whose values the proxy's process needs. */
  readonly secretNames: readonly string[];
}

/** The variable that holds the key which the target makes for the proxy. */
export const OWN_KEY_VARIABLE = "IDENTITY_PROXY_GATEWAY_KEY";
