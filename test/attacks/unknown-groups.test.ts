import { closes } from "./support/closes";

// Rights come from listed groups alone; what is not allowed is refused.
closes("a caller without rights", {
  passes: { "of a listed group, and of others": { claims: { groups: ["engineering", "mallory"] } } },
  refuses: {
    "of no group": [{ claims: { groups: [] } }, "route_not_allowed"],
    "of a group that is not listed": [{ claims: { groups: ["mallory"] } }, "route_not_allowed"],
    "of a group in another spelling": [{ claims: { groups: ["Engineering"] } }, "route_not_allowed"],
    "whose groups are one text": [{ claims: { groups: "engineering" } }, "claim_malformed"],
  },
});
