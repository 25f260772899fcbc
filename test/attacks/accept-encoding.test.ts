import { closes } from "./support/closes";

// An encoding that whoever counts tokens cannot read would make them free (V-50).
closes("Accept-Encoding", {
  passes: {
    "a request without it": { arrives: ({ headers }) => expect(headers["accept-encoding"]).toBeUndefined() },
  },
  drops: {
    "br and zstd": {
      headers: ["accept-encoding: br, zstd, mallory"],
      arrives: ({ headers }) => expect(headers["accept-encoding"]).toBeUndefined(),
    },
  },
});
