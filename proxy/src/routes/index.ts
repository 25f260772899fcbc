export {
  type BodyKind,
  type ErrorShape,
  INFERENCE_CLASSES,
  type ModelPlace,
  PASS_THROUGH_PREFIXES,
  ROUTE_CLASSES,
  ROUTE_RULES,
  type RouteClass,
  type RouteRule,
} from "./classes";
export { KNOWN_VERSIONS, type Release, releaseOf } from "./declared";
export { type Route, type RouteMatch, type RouteProblem, RouteTable } from "./route-table";
export { readTarget, type Target, type TargetProblem } from "./target";
