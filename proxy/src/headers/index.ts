export { areHeaderLines, isHeaderLine, splitHeaderLines } from "./header-lines";
export { checkRequestHead, type HeadCode, type HeadLines, type HeadResult, NO_LINES } from "./request-head";
export { DEFAULT_ALLOWED, forwardedHeaders, isNever } from "./request-headers";
export { responseHeaders } from "./response-headers";
