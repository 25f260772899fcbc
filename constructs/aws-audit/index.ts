export { AwsAudit, type AwsAuditProps } from "./aws-audit";
