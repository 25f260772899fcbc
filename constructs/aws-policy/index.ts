export { AwsContext } from "./aws-context";
export { type PolicyStatement, policyDocument } from "./policy-document";
