export { release } from "./release";
