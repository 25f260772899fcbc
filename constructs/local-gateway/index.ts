export { LocalGateway, type LocalGatewayProps, type LocalIdentityProxy } from "./local-gateway";
