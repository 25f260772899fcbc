export { prepareQueryEngine } from "./prepare";
