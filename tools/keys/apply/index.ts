export { type Clock, MACHINE_CLOCK } from "./clock";
export { AT_ONCE, type Executed, execute, type Failure, type Workshop } from "./execute";
export { LEASE, type Lock, takeLock } from "./lock";
export {
  type Applied,
  apply,
  askDestinations,
  type Planned,
  plan,
  type ReconcileOptions,
  type ReconcileProgress,
} from "./reconcile";
