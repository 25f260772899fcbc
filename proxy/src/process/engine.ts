import { setFlagsFromString } from "node:v8";

/**
 * Sets the engine to what a proxy needs. V8 shares each small collection of garbage out to four threads and leaves the freeing of
 * buffers to another one, which it then waits for. That costs more than it brings where there is little to collect, and most of all
 * in a container with one core.
 */
export function tuneEngine(): void {
  setFlagsFromString("--no-parallel-scavenge");
  setFlagsFromString("--no-concurrent-array-buffer-sweeping");
}
