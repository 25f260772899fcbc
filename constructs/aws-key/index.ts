export * from "./aws-key";
