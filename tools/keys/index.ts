export {
  type Applied,
  apply,
  askDestinations,
  MACHINE_CLOCK,
  type Planned,
  plan,
  type ReconcileOptions,
  type ReconcileProgress,
} from "./apply";
export { type DestinationOptions, destinations } from "./delivery";
export { GatewayError, type GatewayHttp, gatewayHttp, litellmGateway } from "./gateway";
export { type GatewayKeys, masterKeyProcedure, type Procedure, procedureText, saltKeyProcedure } from "./procedures";
export {
  daysOfMonth,
  KEY_REPORT_FORMATS,
  type KeyReport,
  type KeyReportFormat,
  keyReportSchema,
  makeReport,
  readSpend,
  renderKeyReport,
  renderSpend,
  SPEND_FORMATS,
  type SpendFormat,
  type SpendReport,
  spendReportSchema,
} from "./report";
export { appliedText, missedText, type PlanHead, planJson, planText } from "./show";
