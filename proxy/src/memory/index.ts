export { release, WORTH_RELEASING } from "./release";
