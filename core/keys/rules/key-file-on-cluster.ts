import type { KeysRule } from "./context";

/** A file of a machine that is gone in a minute. */
export const keyFileOnCluster: KeysRule = {
  id: "key-file-on-cluster",
  severity: "warning",
  summary: "a key of a cluster is delivered to a file",
  why: "In the cluster keys apply runs as a Job, whose files end with it; the value would be lost.",
  repair: "deliver it to a Kubernetes Secret, or to AWS Secrets Manager",
  check: (context) =>
    context.keys
      .filter(({ key }) => context.gateway.target === "kubernetes" && key.deliver?.file !== undefined)
      .map(({ path }) =>
        context.found(keyFileOnCluster, [...path, "deliver", "file"], {
          message: "the file ends with the Job that writes it",
          repair: keyFileOnCluster.repair,
        }),
      ),
};
