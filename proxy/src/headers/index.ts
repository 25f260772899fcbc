export { checkRequestHead, type HeadCode, type HeadLines, type HeadResult } from "./request-head";
export { DEFAULT_ALLOWED, forwardedHeaders, isNever } from "./request-headers";
export { responseHeaders } from "./response-headers";
