export { type Delivered, DeliveryError, type Destination, type Destinations, type Whose } from "./destination";
export { type DestinationOptions, destinations } from "./destinations";
