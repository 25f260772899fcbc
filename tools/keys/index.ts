export { type Applied, apply, MACHINE_CLOCK, type Planned, plan, type ReconcileOptions, type ReconcileProgress } from "./apply";
export { type DestinationOptions, destinations } from "./delivery";
export { GatewayError, type GatewayHttp, gatewayHttp, litellmGateway } from "./gateway";
export { type GatewayKeys, masterKeyProcedure, type Procedure, procedureText, saltKeyProcedure } from "./procedures";
export { appliedText, type PlanHead, planJson, planText } from "./show";
