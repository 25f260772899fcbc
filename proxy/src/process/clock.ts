import { randomUUID } from "node:crypto";
import type { Clock } from "../server";

/** The machine's clock, and random request ids. */
export const SYSTEM_CLOCK: Clock = { now: Date.now, ticks: () => performance.now(), id: () => randomUUID() };
