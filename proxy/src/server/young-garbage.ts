import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Bytes of bodies after which their buffers are collected. */
const COLLECT_EVERY = 8 * 1024 * 1024;

/**
 * Collects the buffers of large bodies soon after they were sent.
 *
 * Node's parser hands out a new buffer for each piece of a body. V8 sees how much they hold only by a rough rule, lets tens of
 * megabytes pile up, and then goes over the whole heap. Going over the young objects alone every few megabytes takes less time
 * and a fraction of the memory.
 */
export class YoungGarbage {
  private readonly collect = youngCollector();
  private bytes = 0;

  /** So many bytes of large bodies have passed. */
  passed(bytes: number): void {
    this.bytes += bytes;
    if (this.bytes < COLLECT_EVERY) return;
    this.bytes = 0;
    this.collect();
  }
}

/** V8's own function for it; where it cannot be had, garbage waits for V8 as it always did. */
function youngCollector(): () => void {
  try {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as (options: { type: "minor" }) => void;
    return () => collect({ type: "minor" });
  } catch {
    return () => undefined;
  }
}
