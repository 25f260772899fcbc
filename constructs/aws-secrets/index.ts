export { AwsSecrets, type AwsSecretsProps } from "./aws-secrets";
