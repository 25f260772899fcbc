export * from "./aws-database";
export * from "./aws-firewall";
export * from "./aws-key";
export * from "./aws-provider";
