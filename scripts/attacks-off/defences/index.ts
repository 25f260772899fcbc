import type { Defence } from "../edit";
import { OF_BODIES } from "./bodies";
import { OF_CALLERS } from "./callers";
import { OF_LISTS } from "./lists";
import { OF_REQUESTS } from "./requests";

/** What stands against each attack, and how it is switched off. Where two defences overlap, both go at once. */
export const DEFENCES: readonly Defence[] = [...OF_LISTS, ...OF_REQUESTS, ...OF_BODIES, ...OF_CALLERS];
