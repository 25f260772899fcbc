import type { FrontRefusal } from "./client";

/** What follows a request's head is not HTTP. */
export const MALFORMED: FrontRefusal = { code: "request_malformed", status: 400 };

/** A request was not there in time. */
export const LATE: FrontRefusal = { code: "request_timeout", status: 408 };

/** An answer to what is no request: a status line with its reason, and the end of the connection. */
export function bareAnswer(status: string): string {
  return `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`;
}
