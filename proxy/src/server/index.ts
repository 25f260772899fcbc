export type { Clock } from "./clock";
export { IdentityProxy } from "./identity-proxy";
export { openOperations } from "./operations";
