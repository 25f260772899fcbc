export { GATEWAY_KEY_FILE, gatewayKey, type KeyRegistration, registerGatewayKey } from "./gateway-key";
export { issuerProgram, type Program, proxyProgram } from "./program";
export { type ProxyStart, proxyPart, proxySettingsFile } from "./proxy-part";
