import { createHash } from "node:crypto";
import type { V1Secret } from "@kubernetes/client-node";
import type { Delivery } from "../../../core/keys";
import type { SecretValue } from "../plan";
import { type Delivered, DeliveryError, type Destination } from "./destination";
import { connectKubernetes, KubernetesRefusal, type KubernetesSecrets } from "./kubernetes-client";

/** An entry of a Secret. */
export type KubernetesPlace = Extract<Delivery, { kubernetes: unknown }>;

export interface KubernetesOptions {
  /** Context in the kubeconfig. @default the current one; within a pod, its service account */
  readonly context?: string;
  /** How the API server is reached. @default the official client */
  readonly connect?: () => Promise<KubernetesSecrets>;
}

/**
 * Delivers into Kubernetes Secrets. Beside each entry stand two annotations: whose it is, and the token id of its value.
 * Both change with the entry in one request, so after a crash either all of it is there or nothing.
 */
export function kubernetesDestination(options: KubernetesOptions = {}): Destination<KubernetesPlace> {
  let connection: Promise<KubernetesSecrets> | undefined;
  const secrets = () => {
    connection ??= options.connect?.() ?? connectKubernetes(options.context);
    return connection;
  };
  const stored = async (place: KubernetesPlace) => {
    const { namespace, name } = place.kubernetes;
    return explained(place, "get", (await secrets()).read(namespace, name));
  };
  return {
    tokenIdAt: async (place) => {
      const secret = await stored(place);
      const value = secret?.data?.[place.kubernetes.key];
      // From the entry, not from the annotation: an entry that was changed by hand holds another value than was delivered.
      return value === undefined || ownerOf(secret, place) === undefined ? undefined : tokenIdOf(value);
    },
    put: async (place, value, about) => {
      const secret = await stored(place);
      const taken = secret?.data?.[place.kubernetes.key] !== undefined;
      if (taken && ownerOf(secret, place) !== about.owner) throw inTheWay(place);
      const { key } = place.kubernetes;
      // A field manager for each entry: one for all would drop its other entries at each apply. Forced only over what is ours.
      const apply = (await secrets()).apply(entryOf(place, value, about), `cdktf-litellm/${nameFor(key)}`, taken);
      await explained(place, "create and patch", apply);
    },
  };
}

function entryOf(place: KubernetesPlace, value: SecretValue, about: Delivered): V1Secret {
  const { namespace, name, key } = place.kubernetes;
  const annotations = { [ownerAnnotation(key)]: about.owner, [`cdktf-litellm/token-id.${nameFor(key)}`]: value.tokenId };
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { namespace, name, annotations },
    data: { [key]: Buffer.from(value.reveal()).toString("base64") },
  };
}

function ownerOf(secret: V1Secret | undefined, place: KubernetesPlace): string | undefined {
  return secret?.metadata?.annotations?.[ownerAnnotation(place.kubernetes.key)];
}

function ownerAnnotation(key: string): string {
  return `cdktf-litellm/owner.${nameFor(key)}`;
}

/** An entry's name as part of an annotation's, which may have 63 characters and ends in a letter or digit. */
function nameFor(key: string): string {
  return /^[\w.-]{0,49}[A-Za-z0-9]$/.test(key) ? key : createHash("sha256").update(key).digest("hex").slice(0, 32);
}

function tokenIdOf(base64: string): string {
  return createHash("sha256").update(Buffer.from(base64, "base64")).digest("hex");
}

async function explained<Answer>(place: KubernetesPlace, verbs: string, answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    throw error instanceof KubernetesRefusal ? deliveryError(place, verbs, error) : error;
  }
}

function deliveryError(place: KubernetesPlace, verbs: string, { status, reason }: KubernetesRefusal): DeliveryError {
  const { namespace, name } = place.kubernetes;
  const secret = `secret ${namespace}/${name}`;
  switch (status) {
    case undefined:
      return new DeliveryError(`no answer from the Kubernetes API for ${secret} (${reason})`, "look whether kubectl reaches it");
    case 401:
      return new DeliveryError(`the Kubernetes API does not know who asks for ${secret}`, "sign in to the cluster again");
    case 403:
      return new DeliveryError(
        `not allowed to ${verbs} ${secret}`,
        `grant get, create and patch on secrets named ${name} in namespace ${namespace}, and nothing more`,
      );
    case 404:
      return new DeliveryError(`there is no namespace ${namespace} for ${secret}`, "make it first");
    case 409:
      return inTheWay(place);
    case 422:
      return new DeliveryError(
        `Kubernetes cannot take the value into ${secret} (${reason})`,
        "is it marked immutable? choose another",
      );
    default:
      return new DeliveryError(`Kubernetes refused ${secret} (${status} ${reason})`, "look at the API server's log");
  }
}

function inTheWay({ kubernetes: { namespace, name, key } }: KubernetesPlace): DeliveryError {
  return new DeliveryError(
    `entry ${key} of secret ${namespace}/${name} is there already and was not delivered by this owner`,
    "remove the entry, or deliver to another one",
  );
}
