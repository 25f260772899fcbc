import { DEFAULT_LITELLM_PORT, DEFAULT_LITELLM_VERSION, type EnvironmentInput } from "../schema";
import {
  type DevelopmentIssuer,
  type IdentityProxy,
  OWN_KEY_VARIABLE,
  type ProxyListener,
  type ProxySettings,
} from "./identity-proxy";
import { DEFAULT_ISSUER_PORT, DEFAULT_OPERATIONS_PORT, DEFAULT_PROXY_PORT, type IdentityProxyInput } from "./schema";

const LOOPBACK = "127.0.0.1";
const AUDIENCE = "litellm";
/** The supervisor of the local target kills what has not ended after 15 s. */
const DRAIN_SECONDS = 10;

type ListenerInput = NonNullable<IdentityProxyInput["listeners"]>[number];

/** The identity proxy that a checked environment describes, with defaults filled in; undefined where it has none. */
export function toIdentityProxy(input: EnvironmentInput): IdentityProxy | undefined {
  const block = input.identityProxy;
  if (!block) return undefined;
  const development = issuerOf(block);
  const references = [
    ...(block.gatewayKeys ?? []).map(({ key }) => key),
    ...(block.audit?.hashKey ? [block.audit.hashKey] : []),
  ].map(nameOf);
  return {
    settings: settingsOf(block, input, development),
    ...(development && { development }),
    makesKey: block.gatewayKeys === undefined,
    secretNames: [...new Set(references)].sort(),
  };
}

function settingsOf(block: IdentityProxyInput, input: EnvironmentInput, development?: DevelopmentIssuer): ProxySettings {
  const { litellm } = input;
  const { audit, drainSeconds, limits, operations, workers } = block;
  const url = `http://${LOOPBACK}:${litellm.port ?? DEFAULT_LITELLM_PORT}`;
  return {
    upstream: { ...block.upstream, profile: "litellm", version: litellm.version ?? DEFAULT_LITELLM_VERSION, url },
    gatewayKeys: keysOf(block),
    listeners: listenersOf(block).map((listener) => toListener(listener, development)),
    policy: block.policy ?? { groups: groupsOf(block).map((group) => ({ group })) },
    operations: { address: LOOPBACK, port: operations?.port ?? DEFAULT_OPERATIONS_PORT },
    ...(limits && { limits }),
    ...(audit && { audit: { ...audit, ...(audit.hashKey && { hashKey: { env: nameOf(audit.hashKey) } }) } }),
    drainSeconds: drainSeconds ?? DRAIN_SECONDS,
    ...(workers !== undefined && { workers }),
  };
}

function keysOf({ gatewayKeys }: IdentityProxyInput): ProxySettings["gatewayKeys"] {
  if (!gatewayKeys) return [{ key: { env: OWN_KEY_VARIABLE } }];
  return gatewayKeys.map(({ group, key }) => ({ ...(group !== undefined && { group }), key: { env: nameOf(key) } }));
}

/** The listeners as written, or the one that stands for none. */
export function listenersOf({ listeners }: IdentityProxyInput): readonly ListenerInput[] {
  return listeners ?? [{ name: "api", port: DEFAULT_PROXY_PORT, identity: { development: {} } }];
}

function toListener({ name, port, front, identity }: ListenerInput, development?: DevelopmentIssuer): ProxyListener {
  const { development: usesDevelopment, ...others } = identity;
  const issuer = development && { oidc: oidcOf(development) };
  return { name, address: LOOPBACK, port, ...(front && { front }), identity: { ...others, ...(usesDevelopment && issuer) } };
}

function oidcOf({ issuer, audience }: DevelopmentIssuer): Readonly<Record<string, unknown>> {
  return { issuer, audiences: [audience], algorithms: ["ES256"], userClaim: "email" };
}

function issuerOf({ development }: IdentityProxyInput): DevelopmentIssuer | undefined {
  if (!development) return undefined;
  const port = development.port ?? DEFAULT_ISSUER_PORT;
  const users = Object.entries(development.users).map(([name, { email, groups }]) => [
    name,
    { email: email ?? `${name}@example.org`, groups: groups ?? [] },
  ]);
  return { port, issuer: `http://${LOOPBACK}:${port}`, audience: AUDIENCE, users: Object.fromEntries(users) };
}

/** Every group that the block gives to a person or a service, once, in the order of the text. */
export function groupsOf(block: IdentityProxyInput): string[] {
  const people = Object.values(block.development?.users ?? {}).flatMap(({ groups }) => groups ?? []);
  const services = (block.listeners ?? []).flatMap(({ identity }) => identity.serviceKeys?.keys ?? []);
  return [...new Set([...people, ...services.flatMap(({ groups }) => groups ?? [])])];
}

/** `NAME` of `os.environ/NAME`. */
export function nameOf(reference: string): string {
  return reference.replace(/^os\.environ\//, "");
}
