import { createHash } from "node:crypto";
import { LocalError } from "../local-error";
import { keptSecret, newLitellmKey } from "../secrets";

/** The file of the key, in the folder of secrets. */
export const GATEWAY_KEY_FILE = "identity-proxy-key";
/** What LiteLLM's pages show of the key. */
const ALIAS = "cdktf-litellm-identity-proxy";
/** Longer than LiteLLM takes to write a row on a busy machine. Milliseconds. */
const TIMEOUT = 30_000;

/** The value of the key that the proxy sends to LiteLLM: chosen here, and valid once it is registered. */
export function gatewayKey(secrets: string): string {
  return keptSecret(secrets, GATEWAY_KEY_FILE, newLitellmKey);
}

/** Where LiteLLM is, and the key that may make keys. */
export interface KeyRegistration {
  /** LiteLLM's port on 127.0.0.1. */
  readonly port: number;
  readonly masterKey: string;
  readonly key: string;
}

/**
 * Makes `key` an ordinary virtual key of LiteLLM, good for its LLM routes and for nothing else. Does nothing where it is
 * one already; a former one of the same alias goes.
 * @throws LocalError when LiteLLM does not take it
 */
export async function registerGatewayKey(registration: KeyRegistration): Promise<void> {
  // By its hash: a key in a URL would be written into access logs.
  const hash = createHash("sha256").update(registration.key).digest("hex");
  const known = await call(registration, "GET", `/key/info?key=${hash}`);
  if (known.ok) return;
  if (known.status !== 404) throw await refusal(known);
  await call(registration, "POST", "/key/delete", { key_aliases: [ALIAS] });
  const made = await call(registration, "POST", "/key/generate", {
    key: registration.key,
    key_alias: ALIAS,
    // `allowed_routes: ["llm_api_routes"]` (handle_key_type of key_management_endpoints.py, LiteLLM 1.108.10).
    key_type: "llm_api",
    // Without one the key belongs to whom the master key belongs to: the administrator.
    user_id: ALIAS,
    metadata: { made_by: "cdktf-litellm local up" },
  });
  if (!made.ok) throw await refusal(made);
}

async function call({ port, masterKey }: KeyRegistration, method: string, path: string, body?: unknown): Promise<Response> {
  try {
    return await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: { authorization: `Bearer ${masterKey}`, ...(body !== undefined && { "content-type": "application/json" }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT),
    });
  } catch {
    throw new LocalError("LiteLLM did not answer when the identity proxy's key was registered", "look: cdktf-litellm local logs");
  }
}

/** LiteLLM's own words may quote keys, so only the kind of the problem is told. */
async function refusal(response: Response): Promise<LocalError> {
  await response.body?.cancel();
  const repair =
    response.status === 401 || response.status === 403
      ? "LiteLLM does not take the master key that this environment names; or name a key of your own: identityProxy.gatewayKeys"
      : "look: cdktf-litellm local logs; or name a key of your own: identityProxy.gatewayKeys";
  return new LocalError(`LiteLLM refused to register the identity proxy's key (status ${response.status})`, repair);
}
