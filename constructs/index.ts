export * from "./guardrails";
export * from "./local-gateway";
export * from "./terraform-data";
