export { type Delivery, type Desired, type DesiredKey, type DesiredObject, type Json, KINDS, type Kind, type Lifetime } from "./desired";
export { endOfDay, milliseconds } from "./durations";
