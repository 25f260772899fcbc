export { type GatewayApi, GatewayError, type GatewayHttp, type LockRow, type LockRows } from "./gateway-api";
export { gatewayHttp, type HttpOptions } from "./http";
export { litellmGateway } from "./litellm-gateway";
export { LOCK_PREFIX, NOT_LITELLM, pagesIn } from "./rows";
