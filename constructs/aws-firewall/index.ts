export * from "./aws-firewall";
