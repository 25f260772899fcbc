export { type ErrorAnswer, errorAnswer, type Refusal } from "./refusal";
export { shapeOfPath } from "./shape";
