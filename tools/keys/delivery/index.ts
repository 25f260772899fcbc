export { type Delivered, DeliveryError, type Destination, type Destinations } from "./destination";
export { type DestinationOptions, destinations } from "./destinations";
