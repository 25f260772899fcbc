export { ChunkedBody } from "./chunked-body";
export { MalformedMessage } from "./malformed-message";
