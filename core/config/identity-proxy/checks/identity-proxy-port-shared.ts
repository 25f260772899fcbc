import type { Path } from "../../../source";
import { DEFAULT_DATABASE_PORT, DEFAULT_LITELLM_PORT } from "../../schema";
import { DEFAULT_ISSUER_PORT, DEFAULT_OPERATIONS_PORT } from "../schema";
import { listenersOf } from "../to-identity-proxy";
import type { ProxyContext, ProxyRule } from "./proxy-rule";

interface PortUse {
  readonly port: number;
  readonly user: string;
  readonly path: Path;
}

/** Every part listens on a port of its own. */
export const portTwice: ProxyRule = {
  id: "identity-proxy-port-shared",
  severity: "error",
  waivable: false,
  summary: "the identity proxy or its issuer would listen on a port that another part has",
  why: "Only one of them could start.",
  repair: "choose another port",
  check: (context) => {
    const uses = portUses(context);
    return uses.flatMap(({ port, path }, index) => {
      const other = uses.slice(0, index).find((use) => use.port === port);
      // The first two are LiteLLM and its database, which have a rule of their own.
      if (!other || index < 2) return [];
      return [context.atValue(portTwice, path, { message: `${other.user} listens on this port already`, got: String(port) })];
    });
  },
};

function portUses({ input, block }: ProxyContext): PortUse[] {
  const { development, operations } = block;
  const at = ["identityProxy"];
  const listeners = listenersOf(block).map(({ name, port }, index) => ({
    port,
    user: `listener ${name}`,
    path: block.listeners ? [...at, "listeners", index, "port"] : at,
  }));
  return [
    { port: input.litellm.port ?? DEFAULT_LITELLM_PORT, user: "LiteLLM", path: ["litellm", "port"] },
    { port: input.database?.port ?? DEFAULT_DATABASE_PORT, user: "the database", path: ["database", "port"] },
    ...listeners,
    ...(development
      ? [{ port: development.port ?? DEFAULT_ISSUER_PORT, user: "the development issuer", path: [...at, "development", "port"] }]
      : []),
    { port: operations?.port ?? DEFAULT_OPERATIONS_PORT, user: "the port for probes", path: [...at, "operations", "port"] },
  ];
}
