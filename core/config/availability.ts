/** What an environment is deployed to, as far as checks differ: one machine, or a Kubernetes cluster with its data on AWS. */
export type Deployment = "local" | "aws";

/**
 * What the environment file's contract names and this version does not do yet, by path, with what it waits for.
 * Such a block is refused with its reason: taken in silence it would promise something that is not deployed.
 */
export const NOT_YET_AVAILABLE: Readonly<Record<string, string>> = {
  cache: "the Kubernetes target (a Redis that exists already); on AWS it is aws.cache",
  edge: "the Kubernetes target (Gateway API and ingress)",
  signIn: "the Kubernetes target (oauth2-proxy)",
  observability: "dashboards, alerts and recording rules",
  "litellm.image": "the Kubernetes target; the local target installs LiteLLM from its Python package",
};

/** Targets of the contract that this version does not deploy yet; `kubernetes` is taken where a block `aws` stands beside it. */
export const TARGETS_TO_COME: Readonly<Record<string, string>> = {
  kubernetes: "the Kubernetes target",
};

/** Places of secrets of the contract that no target of this version can read. */
export const SECRET_PLACES_TO_COME: Readonly<Record<string, string>> = {
  kubernetes: "the Kubernetes target",
};

/** What only one deployment understands, by path, with the reason. */
export const ELSEWHERE: Readonly<Record<Deployment, Readonly<Record<string, string>>>> = {
  local: {
    aws: "what is on AWS belongs to target: kubernetes",
    "litellm.replicas": "the local target runs one gateway process",
    "litellm.workers": "the local target runs one gateway process",
  },
  aws: {
    identityProxy: "so far it runs in the local target, and nothing would start it in a cluster",
    keys: "so far they are applied in the local target; the Job for a cluster comes with the Kubernetes workloads",
    "litellm.port": "the port is chosen for the local target alone",
    database: "the port is chosen for the local target alone; on AWS the database is aws.database",
  },
};

/** Where a secret cannot live, with the reason. */
export const SECRET_PLACES_ELSEWHERE: Readonly<Record<Deployment, Readonly<Record<string, string>>>> = {
  local: { awsSecretsManager: "the local target reads no secret from AWS" },
  aws: {
    env: "a cluster does not see the environment of whoever deploys",
    file: "a cluster does not see the files of whoever deploys",
  },
};
