export { AwsAccess, type AwsAccessProps } from "./aws-access";
export type { BedrockModelAccess } from "./bedrock-statements";
export type { WorkloadIdentity } from "./workload-identity";
