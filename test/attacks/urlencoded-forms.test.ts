import { closes } from "./support/closes";

const route = { target: "/v1/images/edits", contentType: "application/x-www-form-urlencoded" } as const;

// The other kind of form; what separates and encodes its fields is read in different ways.
closes("urlencoded forms", {
  passes: {
    "a plain one": {
      ...route,
      body: "model=gpt-5&prompt=hi+there",
      arrives: ({ body }) => expect(body).toBe("model=gpt-5&prompt=hi+there"),
    },
  },
  drops: {
    user: { ...route, body: "model=gpt-5&user=mallory" },
    "user in percent forms": { ...route, body: "model=gpt-5&%75ser=mallory" },
    metadata: { ...route, body: "model=gpt-5&metadata=%7B%22tags%22%3A%5B%22mallory%22%5D%7D&metadata[tags]=mallory" },
  },
  refuses: {
    "a semicolon between fields": [{ ...route, body: "model=gpt-5;user=mallory" }, "bad_form"],
    "the model twice": [{ ...route, body: "model=gpt-5&model=mallory" }, "duplicate_member"],
    "half a percent form": [{ ...route, body: "model=gpt-5&%7user=mallory" }, "bad_form"],
  },
});
