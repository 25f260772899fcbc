import { closes } from "./support/closes";

// What a route does depends on its method, also where another header wants to say it.
closes("other methods", {
  passes: { "the declared one": {}, "GET where it is declared": { method: "GET", target: "/v1/models" } },
  drops: { "a header that overrides it": { headers: ["x-http-method-override: MALLORY", "x-original-url: /mallory"] } },
  refuses: {
    GET: [{ method: "GET" }, "method_not_allowed"],
    DELETE: [{ method: "DELETE", target: "/v1/models" }, "method_not_allowed"],
    "small letters": [{ method: "post" }, 400],
    "an own one": [{ method: "MALLORY" }, 400],
  },
});
