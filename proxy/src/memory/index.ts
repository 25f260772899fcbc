export { ownBytes } from "./own-bytes";
export { release } from "./release";
