export { checkIdentityProxy, IDENTITY_PROXY_RULES } from "./checks";
export {
  type DevelopmentIssuer,
  type DevelopmentUser,
  type IdentityProxy,
  OWN_KEY_VARIABLE,
  type ProxyListener,
  type ProxySettings,
} from "./identity-proxy";
export {
  DEFAULT_ISSUER_PORT,
  DEFAULT_OPERATIONS_PORT,
  DEFAULT_PROXY_PORT,
  type IdentityProxyInput,
  identityProxySchema,
  ROUTE_CLASSES,
} from "./schema";
export { toIdentityProxy } from "./to-identity-proxy";
