import { closes } from "./support/closes";

const HEAD = ["POST /v1/chat/completions HTTP/1.1", "host: p", "authorization: Bearer TOKEN", "content-type: application/json"];
const SECOND = "POST /key/generate HTTP/1.1\r\nhost: mallory\r\ncontent-length: 0\r\n\r\n";
const wire = (lines: readonly string[], rest: string): { wire: string } => ({
  wire: `${[...HEAD, ...lines].join("\r\n")}\r\n\r\n${rest}`,
});
const close = "connection: close";

// A request that two servers cut differently carries a second one past the first server.
closes("a second request inside of the first", {
  passes: {
    "a length": wire([close, "content-length: 2"], "{}"),
    chunks: wire([close, "transfer-encoding: chunked"], "2\r\n{}\r\n0\r\n\r\n"),
  },
  refuses: {
    "length and chunks": [wire(["content-length: 6", "transfer-encoding: chunked"], `0\r\n\r\n${SECOND}`), 400],
    "two lengths": [wire(["content-length: 2", `content-length: ${SECOND.length + 2}`], `{}${SECOND}`), 400],
    "two lengths in one line": [wire(["content-length: 2, 40"], `{}${SECOND}`), 400],
    "a length with a sign": [wire(["content-length: +2"], `{}${SECOND}`), 400],
    "chunked twice": [wire(["transfer-encoding: chunked", "transfer-encoding: chunked"], `2\r\n{}\r\n0\r\n\r\n${SECOND}`), 400],
    "chunked under another name": [wire(["transfer-encoding: xchunked", close], `2\r\n{}\r\n0\r\n\r\n${SECOND}`), 400],
    "a space before the colon": [wire(["transfer-encoding : chunked", "content-length: 2"], `{}${SECOND}`), 400],
    "a folded line": [wire(["x: a", " transfer-encoding: chunked", "content-length: 2"], `{}${SECOND}`), 400],
    "line feeds alone": [{ wire: `${[...HEAD, "content-length: 2"].join("\n")}\n\n{}${SECOND}` }, 400],
    "a chunk's length with junk": [wire(["transfer-encoding: chunked"], `2z\r\n{}\r\n0\r\n\r\n${SECOND}`), 400],
    "a NUL in a header": [wire(["x-a: b\u0000c", "content-length: 2"], `{}${SECOND}`), 400],
  },
});
