import { gzipSync } from "node:zlib";
import { closes } from "./support/closes";

const PLAIN = '{"model":"gpt-5","messages":[],"user":"mallory"}';

// What cannot be read cannot be cleaned.
closes("compressed bodies", {
  passes: {
    "a plain body": {},
    "one that says that it is not": { headers: ["content-encoding: identity"], arrives: encoding },
  },
  refuses: {
    gzip: [{ headers: ["content-encoding: gzip"], body: gzipSync(PLAIN) }, "compressed_body"],
    "a name only": [{ headers: ["content-encoding: br"], body: PLAIN }, "compressed_body"],
    "gzip without saying so": [{ body: gzipSync(PLAIN) }, "bad_utf8"],
    "a coding of the transfer": [{ headers: ["transfer-encoding: gzip, chunked"], body: "0\r\n\r\n" }, "framing_ambiguous"],
  },
});

function encoding({ headers }: { headers: Readonly<Record<string, readonly string[]>> }): void {
  expect(headers["content-encoding"]).toBeUndefined();
}
