import type { UpstreamEvents } from "./current-request";
import type { UpstreamHead } from "./request-text";
import type { Exchange } from "./upstream";

/** Whether a request may be sent twice: it changes nothing and has no body (RFC 9110, section 9.2.2). Calls of a model never. */
export function isRepeatable({ method, length, upgrade }: UpstreamHead): boolean {
  return method === "GET" && length === 0 && upgrade === undefined;
}

/**
 * Sends a request on a kept connection, and once more on a new one when that closes without an answer: the gateway may have given
 * it up just as the request left, which only looks like a failure.
 *
 * @param begin sends the request on a connection, kept or new
 */
export function sendRepeatable(events: UpstreamEvents, begin: (events: UpstreamEvents, fresh: boolean) => Exchange): Exchange {
  let current = begin(
    {
      head: (status, rawHeaders) => events.head(status, rawHeaders),
      data: (chunk) => events.data(chunk),
      end: () => events.end(),
      failed: (failure) => {
        if (failure.code === "upstream_reset") current = begin(events, true);
        else events.failed(failure);
      },
      drain: () => events.drain(),
    },
    false,
  );
  return {
    write: (chunk) => current.write(chunk),
    end: (chunk) => current.end(chunk),
    spent: (buffer) => current.spent(buffer),
    abort: () => current.abort(),
    pause: () => current.pause(),
    resume: () => current.resume(),
  };
}
