export { type Gathering, leaveThisTurn } from "./turn-end";
