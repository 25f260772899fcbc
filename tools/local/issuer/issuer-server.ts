import { createServer, type Server } from "node:http";
import type { DeployedIssuer } from "./deployed-issuer";

/** Where the discovery document of an issuer is (OpenID Connect Discovery 1.0, section 4). */
export const DISCOVERY = "/.well-known/openid-configuration";
const KEYS = "/jwks";

/**
 * Publishes what is needed to verify the development issuer's tokens. It cannot make any: the private key is not in its
 * process, so neither another user of this machine nor a page in a browser can have it sign something.
 */
export function issuerServer({ issuer, keys }: DeployedIssuer): Server {
  const documents: Readonly<Record<string, unknown>> = {
    [DISCOVERY]: {
      issuer,
      jwks_uri: `${issuer}${KEYS}`,
      response_types_supported: ["id_token"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["ES256"],
    },
    [KEYS]: { keys },
  };
  return createServer({ maxHeaderSize: 8192, headersTimeout: 5000, requestTimeout: 5000 }, (request, response) => {
    request.resume();
    const document = request.method === "GET" ? documents[request.url ?? ""] : undefined;
    const body = JSON.stringify(document ?? { error: `GET ${DISCOVERY} or GET ${KEYS}` });
    response.writeHead(document === undefined ? 404 : 200, { "content-type": "application/json" });
    response.end(body);
  });
}
