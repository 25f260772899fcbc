export type { AnswerLines, BodyTaker, ClientRequest, ClientResponse, FrontEvents } from "./client";
export type { Front } from "./front";
export { openFront } from "./open-front";
