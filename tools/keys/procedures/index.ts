export { masterKeyProcedure } from "./master-key";
export { type GatewayKeys, type Procedure, procedureText } from "./procedure";
export { saltKeyProcedure } from "./salt-key";
