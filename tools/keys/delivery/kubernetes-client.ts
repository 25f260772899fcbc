import { setTimeout as sleep } from "node:timers/promises";
import type { CoreV1Api, V1Secret } from "@kubernetes/client-node";
import { DeliveryError } from "./destination";

const ANSWER_WITHIN = 30_000;
const ATTEMPTS = 4;
const FIRST_PAUSE = 500;

/** The two requests that delivery needs, with Kubernetes' own words. */
export interface KubernetesSecrets {
  /** @throws KubernetesRefusal */
  read(namespace: string, name: string): Promise<V1Secret | undefined>;
  /**
   * Server-side apply: makes the Secret where there is none, and changes nothing but what is in `secret`.
   *
   * @param force takes over what another field manager has set; without it such a conflict is refused with 409
   * @throws KubernetesRefusal
   */
  apply(secret: V1Secret, fieldManager: string, force: boolean): Promise<void>;
}

/**
 * The API server said no, or nothing. Carries the status and Kubernetes' one-word reason alone: what the official client
 * throws quotes bodies, and bodies have values in them.
 */
export class KubernetesRefusal extends Error {
  constructor(
    /** HTTP status; absent when there was no answer. */
    readonly status: number | undefined,
    /** `Forbidden`, `Invalid`, `ECONNREFUSED`, ... */
    readonly reason: string,
  ) {
    super(`${status ?? "no answer"} ${reason}`);
    this.name = "KubernetesRefusal";
  }
}

/**
 * The official client, as `kubectl` would find its cluster: `KUBECONFIG`, `~/.kube/config`, or the service account of the pod.
 * Loading it takes a second or two, so nothing does before a value has to go to a cluster.
 *
 * @param context name in the kubeconfig; `undefined`: the current one
 * @throws DeliveryError when there is no cluster, or it would get the values unencrypted
 */
export async function connectKubernetes(context: string | undefined): Promise<KubernetesSecrets> {
  const { CoreV1Api, createConfiguration, KubeConfig, PatchStrategy, ServerConfiguration, setHeaderOptions } = await import(
    "@kubernetes/client-node"
  );
  const kubeConfig = new KubeConfig();
  try {
    kubeConfig.loadFromDefault();
  } catch {
    // The parser's message quotes the file, and the file has credentials in it.
    throw new DeliveryError("the kubeconfig cannot be read", "look at it with kubectl config view");
  }
  if (context !== undefined) kubeConfig.setCurrentContext(context);
  const server = serverOf(kubeConfig.getCurrentCluster()?.server, context);
  const deadline = {
    pre: async <Request extends { setSignal(signal: AbortSignal): void }>(request: Request) => {
      request.setSignal(AbortSignal.timeout(ANSWER_WITHIN));
      return request;
    },
    post: async <Response>(response: Response) => response,
  };
  const api = new CoreV1Api(
    createConfiguration({
      baseServer: new ServerConfiguration(server, {}),
      authMethods: { default: kubeConfig },
      promiseMiddleware: [deadline],
    }),
  );
  return secretsOver(api, setHeaderOptions("Content-Type", PatchStrategy.ServerSideApply));
}

function serverOf(server: string | undefined, context: string | undefined): string {
  // What the client makes up when it finds no configuration at all.
  if (server === undefined || server === "http://localhost:8080")
    throw new DeliveryError(
      context === undefined ? "no Kubernetes cluster is configured here" : `the kubeconfig has no context ${context}`,
      "set KUBECONFIG, or run this within the cluster",
    );
  const { protocol, hostname } = new URL(server);
  if (protocol === "https:" || hostname === "127.0.0.1" || hostname === "localhost") return server;
  throw new DeliveryError("the Kubernetes cluster is reached without encryption", "give it an https address in the kubeconfig");
}

type ApplyOptions = Parameters<CoreV1Api["patchNamespacedSecret"]>[1];

function secretsOver(api: CoreV1Api, applyOptions: ApplyOptions): KubernetesSecrets {
  return {
    read: async (namespace, name) => {
      try {
        return await patiently(() => api.readNamespacedSecret({ namespace, name }));
      } catch (error) {
        if (error instanceof KubernetesRefusal && error.status === 404) return undefined;
        throw error;
      }
    },
    apply: async (secret, fieldManager, force) => {
      const { name = "", namespace = "" } = secret.metadata ?? {};
      const request = { name, namespace, body: secret, fieldManager, force };
      await patiently(() => api.patchNamespacedSecret(request, applyOptions));
    },
  };
}

/** Both requests may be repeated without harm, so an API server that is busy or restarting is asked again. */
async function patiently<Answer>(request: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await request();
    } catch (error) {
      const refusal = refusalOf(error);
      const passing = refusal.status === undefined || refusal.status === 429 || refusal.status >= 500;
      if (!passing || attempt === ATTEMPTS) throw refusal;
      await sleep(FIRST_PAUSE * 2 ** (attempt - 1));
    }
  }
}

function refusalOf(error: unknown): KubernetesRefusal {
  const { code, body, name } = error as { code?: unknown; body?: unknown; name?: unknown };
  if (typeof code === "number") return new KubernetesRefusal(code, word(reasonIn(body)) ?? "refused");
  return new KubernetesRefusal(undefined, word(code) ?? word(name) ?? "failed");
}

/** The client hands a body over as text or parsed, by the status. */
function reasonIn(body: unknown): unknown {
  try {
    const status: unknown = typeof body === "string" ? JSON.parse(body) : body;
    return typeof status === "object" && status !== null && "reason" in status ? status.reason : undefined;
  } catch {
    return undefined;
  }
}

function word(text: unknown): string | undefined {
  return typeof text === "string" && /^\w{1,40}$/.test(text) ? text : undefined;
}
