export { chooseKey, type GatewayKey } from "./gateway-keys";
export { type ModelList, modelList } from "./model-pattern";
export { type Grant, Policy, routeClasses, type UnknownGroup } from "./policy";
