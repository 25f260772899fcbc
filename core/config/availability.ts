/**
 * What the environment file's contract names and this version does not do yet, by path, with what it waits for.
 * Such a block is refused with its reason: taken in silence it would promise something that is not deployed.
 */
export const NOT_YET_AVAILABLE: Readonly<Record<string, string>> = {
  identityProxy: "the identity proxy",
  keys: "the virtual-key reconciler",
  cache: "the AWS half (ElastiCache)",
  aws: "the AWS half",
  edge: "the Kubernetes target (Gateway API and ingress)",
  signIn: "the Kubernetes target (oauth2-proxy)",
  observability: "dashboards, alerts and recording rules",
  "litellm.image": "the Kubernetes target; the local target installs LiteLLM from its Python package",
  "litellm.replicas": "the Kubernetes target; the local target runs one gateway process",
};

/** Targets of the contract that this version does not deploy yet. */
export const TARGETS_TO_COME: Readonly<Record<string, string>> = {
  kubernetes: "the Kubernetes target",
};

/** Places of secrets of the contract that no target of this version can read. */
export const SECRET_PLACES_TO_COME: Readonly<Record<string, string>> = {
  kubernetes: "the Kubernetes target",
  awsSecretsManager: "the AWS half",
};
