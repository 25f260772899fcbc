import { setFlagsFromString } from "node:v8";

/**
 * Sets the engine to what a proxy needs. V8 shares each small collection of garbage out to four threads, which costs more than it
 * brings where there is little to collect, and most of all in a container with one core.
 */
export function tuneEngine(): void {
  setFlagsFromString("--no-parallel-scavenge");
}
