import * as z from "zod";
import { lengthOfTime } from "../keys";

/** What happens to the gateway's things when the file changes. */
export const KEYS_POLICIES = ["sync", "upsert-only", "create-only"] as const;

const text = z.string().min(1);

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

function isPrivate(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === "https:" || LOOPBACK.test(hostname);
}

function isBare(url: string): boolean {
  const { username, password, search, hash } = new URL(url);
  return [username, password, search, hash].every((part) => part === "");
}

/** `keys` of an environment: which keys files, and how they are brought to the gateway. */
export const keysBlockSchema = z.strictObject({
  files: z.union([text, z.array(text).min(1)]).meta({ description: "a keys file or a list of them, relative to this file" }),
  owner: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "this is not a name of an owner")
    .meta({ description: "what is marked as ours in the gateway: lower-case letters, digits and hyphens, at most 40" })
    .optional(),
  policy: z
    .enum(KEYS_POLICIES)
    .meta({ description: "sync also removes what left the file; upsert-only creates and updates; create-only creates" })
    .optional(),
  url: z
    .url({ protocol: /^https?$/, error: "this is not a URL of a gateway" })
    .refine(isPrivate, "keys would cross the network in clear: write https, or an address of this machine")
    .refine(isBare, "an address of a gateway has no user, password, query or fragment")
    .meta({ description: "where the gateway's API is, such as https://llm.example.org" })
    .optional(),
  signIn: text.meta({ description: "name under secrets of the key that keys apply signs in with" }).optional(),
  deleteAfter: lengthOfTime.meta({ description: "how long a blocked key is kept, such as 30d" }).optional(),
});
