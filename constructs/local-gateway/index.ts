export { LocalGateway, type LocalGatewayProps } from "./local-gateway";
