import { type AwsContext, type PolicyStatement, policyDocument } from "../aws-policy";

/** A service account of a cluster, and how AWS knows it: EKS Pod Identity, or the cluster's OIDC provider (IRSA). */
export type WorkloadIdentity = {
  readonly namespace: string;
  readonly serviceAccount: string;
} & (
  | {
      /** Name of an EKS cluster that runs the Pod Identity agent. */
      readonly cluster: string;
      readonly region: string;
    }
  | {
      /** ARN of the IAM OIDC provider of the cluster. */
      readonly oidcProviderArn: string;
    }
);

/** Says who may take on a role: one service account, and no other. */
export function trustOf(identity: WorkloadIdentity, context: AwsContext): string {
  return policyDocument(["oidcProviderArn" in identity ? byOidc(identity) : byPodIdentity(identity, context)]);
}

function byOidc(identity: Extract<WorkloadIdentity, { oidcProviderArn: string }>): PolicyStatement {
  const { oidcProviderArn, namespace, serviceAccount } = identity;
  const issuer = oidcProviderArn.slice(oidcProviderArn.indexOf("/") + 1);
  return {
    sid: "ServiceAccount",
    actions: ["sts:AssumeRoleWithWebIdentity"],
    principals: { Federated: [oidcProviderArn] },
    conditions: {
      StringEquals: {
        [`${issuer}:sub`]: [`system:serviceaccount:${namespace}:${serviceAccount}`],
        [`${issuer}:aud`]: ["sts.amazonaws.com"],
      },
    },
  };
}

function byPodIdentity(
  { cluster, region, namespace, serviceAccount }: Extract<WorkloadIdentity, { cluster: string }>,
  { partition, accountId }: AwsContext,
): PolicyStatement {
  return {
    sid: "ServiceAccount",
    actions: ["sts:AssumeRole", "sts:TagSession"],
    principals: { Service: ["pods.eks.amazonaws.com"] },
    conditions: {
      StringEquals: {
        "aws:RequestTag/eks-cluster-arn": [`arn:${partition}:eks:${region}:${accountId}:cluster/${cluster}`],
        "aws:RequestTag/kubernetes-namespace": [namespace],
        "aws:RequestTag/kubernetes-service-account": [serviceAccount],
      },
    },
  };
}
