import type { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { EksPodIdentityAssociation } from "@cdktf/provider-aws/lib/eks-pod-identity-association";
import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { Construct } from "constructs";
import type { AwsContext } from "./aws-context";

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

/** Lets one service account, and no other, take on a role. */
export function addTrust(
  scope: Construct,
  id: string,
  trust: DataAwsIamPolicyDocument,
  role: IamRole,
  identity: WorkloadIdentity,
  context: AwsContext,
): void {
  if ("oidcProviderArn" in identity) {
    trust.putStatement([byOidc(identity)]);
    return;
  }
  trust.putStatement([byPodIdentity(identity, context)]);
  const association = new EksPodIdentityAssociation(scope, "association", {
    clusterName: identity.cluster,
    namespace: identity.namespace,
    serviceAccount: identity.serviceAccount,
    roleArn: role.arn,
  });
  association.overrideLogicalId(id);
}

function byOidc(identity: Extract<WorkloadIdentity, { oidcProviderArn: string }>) {
  const { oidcProviderArn, namespace, serviceAccount } = identity;
  const issuer = oidcProviderArn.slice(oidcProviderArn.indexOf("/") + 1);
  return {
    actions: ["sts:AssumeRoleWithWebIdentity"],
    principals: [{ type: "Federated", identifiers: [oidcProviderArn] }],
    condition: [
      { test: "StringEquals", variable: `${issuer}:sub`, values: [`system:serviceaccount:${namespace}:${serviceAccount}`] },
      { test: "StringEquals", variable: `${issuer}:aud`, values: ["sts.amazonaws.com"] },
    ],
  };
}

function byPodIdentity(identity: Extract<WorkloadIdentity, { cluster: string }>, { partition, accountId }: AwsContext) {
  const { cluster, region, namespace, serviceAccount } = identity;
  return {
    actions: ["sts:AssumeRole", "sts:TagSession"],
    principals: [{ type: "Service", identifiers: ["pods.eks.amazonaws.com"] }],
    condition: [
      {
        test: "StringEquals",
        variable: "aws:RequestTag/eks-cluster-arn",
        values: [`arn:${partition}:eks:${region}:${accountId}:cluster/${cluster}`],
      },
      { test: "StringEquals", variable: "aws:RequestTag/kubernetes-namespace", values: [namespace] },
      { test: "StringEquals", variable: "aws:RequestTag/kubernetes-service-account", values: [serviceAccount] },
    ],
  };
}
