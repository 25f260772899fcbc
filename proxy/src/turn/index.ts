export { afterThisTurn, endOfTurn, type Gathering, leaveThisTurn } from "./turn-end";
