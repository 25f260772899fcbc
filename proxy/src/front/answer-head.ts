import { STATUS_CODES } from "node:http";
import type { AnswerLines } from "./client";

/** The head of an answer as text. `framing` says where the body ends, as whole lines; `keep` whether the connection is kept. */
export function answerHead({ status, headers, keepAliveSeconds }: AnswerLines, framing: string, keep: boolean): string {
  let text = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? "unknown"}\r\n`;
  let dated = false;
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i] ?? "";
    dated ||= name.length === 4 && name.toLowerCase() === "date";
    text += `${name}: ${headers[i + 1]}\r\n`;
  }
  if (!dated) text += `date: ${new Date().toUTCString()}\r\n`;
  if (!keep) return `${text}${framing}connection: close\r\n\r\n`;
  return `${text}${framing}connection: keep-alive\r\nkeep-alive: timeout=${Math.floor(keepAliveSeconds)}\r\n\r\n`;
}

/** The line that says where a body ends; `length` is -1 where it is not known. */
export function framingLine(length: number): string {
  return length < 0 ? "transfer-encoding: chunked\r\n" : `content-length: ${length}\r\n`;
}
