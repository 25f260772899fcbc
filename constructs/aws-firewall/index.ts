export * from "./aws-firewall";
export { DEFAULT_LOG_DAYS, type PrivateServiceProps } from "./private-service-props";
