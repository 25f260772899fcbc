export { type AwsHome, awsRights, type PolicyStatement } from "./aws-rights";
export { budgetId, budgetOf } from "./budget-id";
export { deliveryFolder } from "./delivered-file";
export {
  type Delivery,
  type Desired,
  type DesiredKey,
  type DesiredObject,
  type Json,
  KINDS,
  type Kind,
  type Lifetime,
} from "./desired";
export { endOfDay, lengthOfTime, milliseconds } from "./durations";
export { KEYS_FILE_RULES } from "./file-rules";
export { kubernetesRights, type NamespaceRights, type RoleRule } from "./kubernetes-rights";
export { checkKeys, KEYS_RULES, type LoadedKeys, type LoadKeysOptions, loadKeys } from "./load-keys";
export { isEveryModel, isWideRoute } from "./reach";
export { LLM_ROUTES, NO_MODELS, ROLES, type RoleName, type ServiceRole } from "./roles";
export type { GatewayFacts } from "./rules";
export { keysSchema } from "./schema";
